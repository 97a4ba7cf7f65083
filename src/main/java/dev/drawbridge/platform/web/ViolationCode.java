package dev.drawbridge.platform.web;

import java.util.Locale;

/** What can be wrong with a field: a closed set, as the API document lists it. */
public enum ViolationCode {
    REQUIRED,
    WRONG_TYPE,
    BLANK,
    TOO_LONG,
    OUT_OF_RANGE,
    INVALID_FORMAT,
    INVALID_CHARACTER,
    DATE_IN_PAST,
    BEYOND_SALE_HORIZON,
    TIME_DOES_NOT_EXIST,
    WRONG_COUNT,
    DUPLICATE_VALUE,
    UNKNOWN_LANGUAGE,
    UNKNOWN_ITEM,
    ITEM_BLOCKED,
    ITEM_NOT_ISSUABLE,
    NOT_A_PACKAGE,
    UNKNOWN_COMPONENT,
    EXTERNAL_REFERENCE_TAKEN,
    UNKNOWN_PROPERTY,
    UNKNOWN_REFERENCE,
    UNKNOWN_PERMISSION,
    NOT_ALLOWED,
    CONFLICT;

    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }
}
