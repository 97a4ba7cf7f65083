package dev.drawbridge.setup;

import dev.drawbridge.platform.database.ComparisonKey;
import dev.drawbridge.platform.definitions.DefinitionKind;
import java.util.Arrays;

/** The lists of a setup document, in its order: what an entry is called by, and how a retired one is marked. */
enum SetupList {
    PARTNERS("partners", DefinitionKind.PARTNER, "id", "active", false),
    ADMISSIONS("admissions", DefinitionKind.ADMISSION, "code", "closed", true),
    TICKET_TYPES("ticketTypes", DefinitionKind.TICKET_TYPE, "code", "retired", true),
    COUPON_TYPES("couponTypes", DefinitionKind.COUPON_TYPE, "code", "retired", true),
    ITEMS("items", DefinitionKind.ITEM, "number", "blocked", true),
    DESIGNS("designs", DefinitionKind.DESIGN, "code", "retired", true);

    private final String property;
    private final DefinitionKind kind;
    private final String keyProperty;
    private final String retiredProperty;
    private final boolean retiredValue;

    SetupList(String property, DefinitionKind kind, String keyProperty, String retiredProperty, boolean retiredValue) {
        this.property = property;
        this.kind = kind;
        this.keyProperty = keyProperty;
        this.retiredProperty = retiredProperty;
        this.retiredValue = retiredValue;
    }

    /** Its name in the document. */
    String property() {
        return property;
    }

    DefinitionKind kind() {
        return kind;
    }

    String keyProperty() {
        return keyProperty;
    }

    String retiredProperty() {
        return retiredProperty;
    }

    boolean retiredValue() {
        return retiredValue;
    }

    /** The comparison key of an entry's id, code or number. */
    static String key(String written) {
        return ComparisonKey.of(written);
    }

    static SetupList of(DefinitionKind kind) {
        return Arrays.stream(values())
                .filter(list -> list.kind == kind)
                .findFirst()
                .orElseThrow();
    }
}
