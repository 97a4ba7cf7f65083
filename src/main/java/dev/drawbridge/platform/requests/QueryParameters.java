package dev.drawbridge.platform.requests;

import dev.drawbridge.platform.time.LocalFormats;
import dev.drawbridge.platform.web.Fields;
import dev.drawbridge.platform.web.Problem;
import dev.drawbridge.platform.web.TextRule;
import dev.drawbridge.platform.web.ViolationCode;
import dev.drawbridge.platform.web.Violations;
import dev.drawbridge.platform.web.WebProblem;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * The query parameters of one request, read by type. What is wrong becomes violations, which {@link #end()} throws
 * together; unknown parameters are ignored unless the request is strict.
 */
public final class QueryParameters {

    private static final Pattern DECIMAL = Pattern.compile("[0-9]{1,100}");
    private static final Pattern INTEGER = Pattern.compile("-?[0-9]{1,18}");
    private static final Instant FIRST_INSTANT = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant END_OF_INSTANTS = Instant.parse("+10000-01-01T00:00:00Z");

    private final Map<String, List<String>> values;
    private final boolean strict;
    private final Violations violations = new Violations();
    private final Set<String> known = new HashSet<>();

    QueryParameters(Map<String, List<String>> values, boolean strict) {
        this.values = values;
        this.strict = strict;
    }

    public boolean has(String name) {
        return values.containsKey(name);
    }

    public Optional<String> text(String name, TextRule rule) {
        return value(name)
                .flatMap(text -> Fields.textOf(JsonNodeFactory.instance.stringNode(text), name, rule, violations));
    }

    public Optional<LocalDate> date(String name) {
        return parsed(name, LocalFormats::date, "a real date YYYY-MM-DD");
    }

    /** A time with its zone, such as 2026-11-21T10:00:00Z or 2026-11-21T10:00:00.5+01:00. */
    public Optional<Instant> instant(String name) {
        return parsed(name, QueryParameters::instantOf, "a date and time with zone, such as 2026-11-21T10:00:00Z");
    }

    public Optional<Integer> integer(String name, int min, int max) {
        return value(name).flatMap(text -> {
            if (!INTEGER.matcher(text).matches()) {
                refuse(name, ViolationCode.WRONG_TYPE, "This must be an integer.");
                return Optional.empty();
            }
            long number = Long.parseLong(text);
            if (number < min || number > max) {
                refuse(name, ViolationCode.OUT_OF_RANGE, "This must be from " + min + " to " + max + ".");
                return Optional.empty();
            }
            return Optional.of((int) number);
        });
    }

    /** {@code 1} or {@code true} in any case; anything else, and absent, is no. */
    public boolean isYes(String name) {
        return value(name).filter(QueryParameters::isYesWord).isPresent();
    }

    /** {@code 1} or {@code true}, {@code 0} or {@code false}, in any case; absent is no. */
    public boolean flag(String name) {
        return parsed(
                        name,
                        text -> isYesWord(text)
                                ? Optional.of(true)
                                : Optional.of(false).filter(_ -> text.equals("0") || text.equalsIgnoreCase("false")),
                        "true or false")
                .orElse(false);
    }

    private static boolean isYesWord(String text) {
        return text.equals("1") || text.equalsIgnoreCase("true");
    }

    /** The words of a comma-separated parameter, blanks around them removed; empty when it is absent. */
    public List<String> words(String name) {
        return value(name)
                .map(text ->
                        Arrays.stream(text.split(",", -1)).map(String::strip).toList())
                .orElse(List.of());
    }

    /** A parameter in a form of its own; what {@code parse} answers empty for is {@code invalid_format}. */
    public <T> Optional<T> parsed(String name, Function<String, Optional<T>> parse, String form) {
        return value(name).flatMap(text -> {
            Optional<T> result = parse.apply(text);
            if (result.isEmpty()) {
                refuse(name, ViolationCode.INVALID_FORMAT, "This must be " + form + ".");
            }
            return result;
        });
    }

    public void refuse(String name, ViolationCode code, String message) {
        violations.add(name, code, message);
    }

    /**
     * Whether the list is asked for as a change feed: the {@code lastRowVersion} to go on after, 0 from the start;
     * empty when {@code sync} is not asked for.
     *
     * @param filters the list's filters, none of which may be used with {@code sync}
     */
    public OptionalLong sync(String... filters) {
        known.addAll(List.of(filters));
        if (!flag("sync")) {
            known.add("lastRowVersion");
            return OptionalLong.empty();
        }
        if (Arrays.stream(filters).anyMatch(this::has)) {
            throw new Problem(WebProblem.FILTER_NOT_ALLOWED);
        }
        Optional<String> last = value("lastRowVersion").filter(text -> !text.isEmpty());
        if (last.isPresent() && !DECIMAL.matcher(last.get()).matches()) {
            throw new Problem(WebProblem.INVALID_ROW_VERSION);
        }
        return OptionalLong.of(last.map(QueryParameters::rowVersion).orElse(0L));
    }

    /** One that is larger than any that exists is one that no longer does. */
    private static long rowVersion(String decimal) {
        return new BigInteger(decimal).min(BigInteger.valueOf(Long.MAX_VALUE)).longValueExact();
    }

    /** Ends the reading: throws {@code validation_failed} with everything that was wrong. */
    public void end() {
        if (strict) {
            values.keySet().stream()
                    .filter(name -> !known.contains(name))
                    .forEach(name -> refuse(
                            shown(name), ViolationCode.UNKNOWN_PROPERTY, "This query parameter is not known here."));
        }
        violations.throwIfAny();
    }

    Optional<String> value(String name) {
        known.add(name);
        List<String> given = values.getOrDefault(name, List.of());
        if (given.size() > 1) {
            refuse(name, ViolationCode.DUPLICATE_VALUE, "This query parameter may be given once.");
            return Optional.empty();
        }
        return given.stream().findFirst();
    }

    private static Optional<Instant> instantOf(String text) {
        try {
            // What PostgreSQL and people write with four digits, in UTC too. A plus that was not encoded arrives as a
            // blank.
            return Optional.of(OffsetDateTime.parse(text.replace(' ', '+')).toInstant())
                    .filter(given -> !given.isBefore(FIRST_INSTANT) && given.isBefore(END_OF_INSTANTS));
        } catch (DateTimeParseException malformed) {
            return Optional.empty();
        }
    }

    private static String shown(String name) {
        return name.length() > 64 ? name.substring(0, 64) : name;
    }
}
