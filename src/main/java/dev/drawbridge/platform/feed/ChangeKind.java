package dev.drawbridge.platform.feed;

/** What the change feed tells of: the entries of one kind of list each. */
public enum ChangeKind {
    ORDER("order"),
    SLOT("slot"),
    API_KEY("api_key"),
    WEBHOOK("webhook"),
    /** Webhooks again, each in the list of the partner that it is of. */
    PARTNER_WEBHOOK("partner_webhook"),
    COMPANY("company"),
    /** Companies again, each in a list of its own. */
    OWN_COMPANY("own_company");

    private final String word;

    ChangeKind(String word) {
        this.word = word;
    }

    /** The word in the database. */
    String word() {
        return word;
    }
}
