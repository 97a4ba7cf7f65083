package dev.drawbridge.platform.web;

import java.math.BigDecimal;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * What a decimal number may be.
 *
 * @param min inclusive, as {@code max}
 * @param decimalsMax a number with more is refused, never rounded; trailing zeros do not count
 */
public record DecimalRule(BigDecimal min, BigDecimal max, int decimalsMax) {

    /**
     * An amount of money that is not negative. The upper bound keeps the largest order's sum, changed by the largest
     * rule, within a signed 64-bit number of minor units.
     */
    public static final DecimalRule AMOUNT = of("0", "999999999.99", 2);

    public static DecimalRule of(String min, String max, int decimalsMax) {
        return new DecimalRule(new BigDecimal(min), new BigDecimal(max), decimalsMax);
    }

    public Optional<BigDecimal> read(Fields fields, String name) {
        return fields.json(name).flatMap(value -> check(fields, name, value));
    }

    public Optional<BigDecimal> readRequired(Fields fields, String name) {
        return fields.requiredJson(name).flatMap(value -> check(fields, name, value));
    }

    private Optional<BigDecimal> check(Fields fields, String name, JsonNode value) {
        Optional<BigDecimal> number = value.isNumber() ? value.decimalValueOpt() : Optional.empty();
        if (number.isEmpty()) {
            fields.refuse(name, ViolationCode.WRONG_TYPE, "This must be a number, written without quotes.");
            return Optional.empty();
        }
        if (number.get().compareTo(min) < 0 || number.get().compareTo(max) > 0) {
            fields.refuse(name, ViolationCode.OUT_OF_RANGE, "This must be from " + min + " to " + max + ".");
            return Optional.empty();
        }
        if (number.get().stripTrailingZeros().scale() > decimalsMax) {
            fields.refuse(
                    name,
                    ViolationCode.INVALID_FORMAT,
                    "This may have at most " + decimalsMax + " decimals; round it.");
            return Optional.empty();
        }
        return number;
    }
}
