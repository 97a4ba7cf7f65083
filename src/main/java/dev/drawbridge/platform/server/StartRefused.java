package dev.drawbridge.platform.server;

/** The server cannot start and says in one sentence why and what to do; {@code main} prints it and exits with 1. */
public class StartRefused extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public StartRefused(String sentence) {
        super(sentence);
    }

    public StartRefused(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
