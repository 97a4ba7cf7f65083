package dev.drawbridge.setup;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * What a YAML scalar without quotes means, by the core schema of YAML 1.2.2 (10.3.2): {@code 09:00}, {@code no} and
 * {@code 2026-12-24} are texts, {@code 31001} is a number. Decimals keep their zeros.
 */
final class PlainScalar {

    private static final Set<String> NULL = Set.of("", "~", "null", "Null", "NULL");
    private static final Set<String> TRUE = Set.of("true", "True", "TRUE");
    private static final Set<String> FALSE = Set.of("false", "False", "FALSE");
    private static final Pattern INTEGER = Pattern.compile("[-+]?[0-9]+");
    private static final Pattern OCTAL = Pattern.compile("0o[0-7]+");
    private static final Pattern HEXADECIMAL = Pattern.compile("0x[0-9a-fA-F]+");
    private static final Pattern DECIMAL = Pattern.compile("[-+]?(\\.[0-9]+|[0-9]+(\\.[0-9]*)?)([eE][-+]?[0-9]+)?");
    private static final Pattern NOT_FINITE = Pattern.compile("[-+]?\\.(inf|Inf|INF)|\\.(nan|NaN|NAN)");

    /** Longer numbers are refused before they are computed: nothing in a setup needs them. */
    private static final int DIGITS_MAX = 40;

    private PlainScalar() {}

    static boolean isText(String scalar) {
        return !NULL.contains(scalar)
                && !TRUE.contains(scalar)
                && !FALSE.contains(scalar)
                && !isNumber(scalar)
                && !NOT_FINITE.matcher(scalar).matches();
    }

    /** Empty for a number that JSON cannot write or that is too large for any use here. */
    static Optional<JsonNode> value(String scalar) {
        JsonNodeFactory nodes = JsonNodeFactory.instance;
        if (isText(scalar)) {
            return Optional.of(nodes.stringNode(scalar));
        }
        if (NULL.contains(scalar)) {
            return Optional.of(nodes.nullNode());
        }
        if (TRUE.contains(scalar) || FALSE.contains(scalar)) {
            return Optional.of(nodes.booleanNode(TRUE.contains(scalar)));
        }
        return scalar.length() > DIGITS_MAX || !isNumber(scalar) ? Optional.empty() : number(scalar);
    }

    /** Whether a number may be computed with: no exponent that makes it fill the memory. */
    static boolean isReasonable(BigDecimal number) {
        return Math.abs((long) number.scale()) <= DIGITS_MAX && number.precision() <= DIGITS_MAX;
    }

    private static boolean isNumber(String scalar) {
        return DECIMAL.matcher(scalar).matches()
                || OCTAL.matcher(scalar).matches()
                || HEXADECIMAL.matcher(scalar).matches();
    }

    private static Optional<JsonNode> number(String scalar) {
        if (OCTAL.matcher(scalar).matches()) {
            return Optional.of(integer(new BigInteger(scalar.substring(2), 8)));
        }
        if (HEXADECIMAL.matcher(scalar).matches()) {
            return Optional.of(integer(new BigInteger(scalar.substring(2), 16)));
        }
        if (INTEGER.matcher(scalar).matches()) {
            return Optional.of(integer(new BigInteger(scalar)));
        }
        try {
            return Optional.of(new BigDecimal(scalar))
                    .filter(PlainScalar::isReasonable)
                    .map(JsonNodeFactory.instance::numberNode);
        } catch (NumberFormatException exponentTooLarge) {
            return Optional.empty();
        }
    }

    /** As Jackson reads an integer: in the smallest type that holds it, so that YAML and JSON give equal trees. */
    private static JsonNode integer(BigInteger value) {
        JsonNodeFactory nodes = JsonNodeFactory.instance;
        return switch (value.bitLength() / 32) {
            case 0 -> nodes.numberNode(value.intValueExact());
            case 1 -> nodes.numberNode(value.longValueExact());
            default -> nodes.numberNode(value);
        };
    }
}
