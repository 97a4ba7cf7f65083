package dev.drawbridge.platform.web;

/**
 * What was read from one place of a document, for rules that compare entries with one another.
 *
 * @param pointer of the entry, for example {@code /items/9}
 */
public record Located<T>(String pointer, T value) {

    /** Refuses a field at this entry, or below it: {@code package/2/item}. */
    public void refuse(String field, ViolationCode code, String message, Violations violations) {
        violations.add(pointer + "/" + field, code, message);
    }
}
