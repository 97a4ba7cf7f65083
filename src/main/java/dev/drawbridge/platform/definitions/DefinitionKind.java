package dev.drawbridge.platform.definitions;

import java.util.Locale;

/** The lists of a setup document. */
public enum DefinitionKind {
    PARTNER,
    ADMISSION,
    TICKET_TYPE,
    COUPON_TYPE,
    ITEM,
    DESIGN;

    /** The value of the column {@code kind}. */
    String column() {
        return name().toLowerCase(Locale.ROOT);
    }
}
