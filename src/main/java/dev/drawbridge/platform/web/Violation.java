package dev.drawbridge.platform.web;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One entry of an error's {@code details}.
 *
 * @param field a JSON Pointer into the body, or a parameter's name; absent where no field is to blame
 * @param orderId the order that the refusal is about ({@code duplicate_order}, a failed {@code sync=1}), so that a
 *     client can recover
 */
public record Violation(
        @Nullable String field,
        String code,
        String message,
        @Nullable UUID orderId) {

    public Violation(String field, String code, String message) {
        this(field, code, message, null);
    }

    public static Violation ofOrder(String field, String code, String message, UUID orderId) {
        return new Violation(field, code, message, orderId);
    }
}
