package dev.drawbridge.platform.feed;

/** What the change feed tells of; one list endpoint each. */
public enum ChangeKind {
    ORDER("order");

    private final String word;

    ChangeKind(String word) {
        this.word = word;
    }

    /** The word in the database. */
    String word() {
        return word;
    }
}
