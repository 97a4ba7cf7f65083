package dev.drawbridge.platform.database;

/** The connection died while COMMIT was under way: the change may be stored or not; resolve it by its unique key. */
public class CommitUnknown extends RuntimeException {

    private static final long serialVersionUID = 1L;

    CommitUnknown(Throwable cause) {
        super("The outcome of a COMMIT is unknown", cause);
    }
}
