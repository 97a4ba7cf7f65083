package dev.drawbridge.platform.web;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

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

    /** Refuses the field of each entry whose key an earlier entry of the list has as well. */
    public static <T> void refuseRepeated(
            List<Located<T>> entries, Function<T, String> key, String field, String message, Violations violations) {
        Set<String> seen = new HashSet<>();
        for (Located<T> entry : entries) {
            if (!seen.add(key.apply(entry.value()))) {
                entry.refuse(field, ViolationCode.DUPLICATE_VALUE, message, violations);
            }
        }
    }
}
