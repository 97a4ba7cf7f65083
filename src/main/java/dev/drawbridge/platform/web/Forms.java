package dev.drawbridge.platform.web;

import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalDate;
import java.time.Period;
import java.time.temporal.ChronoUnit;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** The forms that values of a setup document have in common: times of day, weekdays, durations, periods. */
public final class Forms {

    public static final int MINUTES_OF_DAY = 1_440;

    private static final int MINUTES_OF_HOUR = 60;
    private static final Pattern HOURS_MINUTES = Pattern.compile("([01][0-9]|2[0-3]):([0-5][0-9])");
    private static final Pattern ISO_DURATION = Pattern.compile("P[0-9DTHMS]+");
    private static final Pattern ISO_PERIOD = Pattern.compile("P[0-9YMWD]+");
    private static final Map<String, DayOfWeek> WEEKDAYS = Map.of(
            "MON", DayOfWeek.MONDAY,
            "TUE", DayOfWeek.TUESDAY,
            "WED", DayOfWeek.WEDNESDAY,
            "THU", DayOfWeek.THURSDAY,
            "FRI", DayOfWeek.FRIDAY,
            "SAT", DayOfWeek.SATURDAY,
            "SUN", DayOfWeek.SUNDAY);
    /** Of years and months, which have no fixed length: a bound in days is checked from this day on. */
    private static final LocalDate ANY_DAY = LocalDate.of(2024, 1, 1);

    private Forms() {}

    /** {@code HH:mm} from 00:00 to 23:59 as minute of the day. */
    public static Optional<Integer> startMinute(String text) {
        Matcher matcher = HOURS_MINUTES.matcher(text);
        return matcher.matches()
                ? Optional.of(Integer.parseInt(matcher.group(1)) * MINUTES_OF_HOUR + Integer.parseInt(matcher.group(2)))
                : Optional.empty();
    }

    /** As {@link #startMinute}, and 24:00, the end of the day. */
    public static Optional<Integer> endMinute(String text) {
        return text.equals("24:00") ? Optional.of(MINUTES_OF_DAY) : startMinute(text);
    }

    /** Weekdays MON to SUN, each at most once, at least one; absent answers empty. */
    public static Optional<Set<DayOfWeek>> weekdays(Fields fields, String name) {
        return fields.array(name).map(elements -> weekdays(fields, name, elements));
    }

    private static Set<DayOfWeek> weekdays(Fields fields, String name, List<JsonNode> elements) {
        Set<DayOfWeek> days = EnumSet.noneOf(DayOfWeek.class);
        if (elements.isEmpty()) {
            fields.refuse(name, ViolationCode.OUT_OF_RANGE, "Name at least one weekday, or leave this out.");
        }
        for (int index = 0; index < elements.size(); index++) {
            String place = fields.pointer(name) + "/" + index;
            Optional<DayOfWeek> day = weekday(elements.get(index));
            if (day.isEmpty()) {
                fields.violations().add(place, weekdayCode(elements.get(index)), "This must be one of MON to SUN.");
            } else if (!days.add(day.get())) {
                fields.violations().add(place, ViolationCode.DUPLICATE_VALUE, "Name each weekday once.");
            }
        }
        return days;
    }

    private static Optional<DayOfWeek> weekday(JsonNode element) {
        return element.isString() ? Optional.ofNullable(WEEKDAYS.get(element.stringValue())) : Optional.empty();
    }

    private static ViolationCode weekdayCode(JsonNode element) {
        return element.isString() ? ViolationCode.INVALID_FORMAT : ViolationCode.WRONG_TYPE;
    }

    /** As {@link #duration}, and it must be there. */
    public static Optional<Duration> requiredDuration(Fields fields, String name, Duration min, Duration max) {
        return fields.requiredJson(name).flatMap(_ -> duration(fields, name, min, max));
    }

    /** An ISO 8601 duration such as {@code PT2H} or {@code P30D}; a day has 24 hours. Bounds are inclusive. */
    public static Optional<Duration> duration(Fields fields, String name, Duration min, Duration max) {
        return fields.parsed(name, Forms::duration, "a duration such as PT30M or P1D")
                .filter(duration -> inBounds(
                        fields,
                        name,
                        duration.compareTo(min) >= 0 && duration.compareTo(max) <= 0,
                        min + " to " + max));
    }

    /** An ISO 8601 period such as {@code P90D} or {@code P1Y}, at least a day, at most so many days. */
    public static Optional<Period> period(Fields fields, String name, int daysMax) {
        return fields.parsed(name, Forms::period, "a period of days such as P90D or P1Y")
                .filter(period -> inBounds(
                        fields, name, days(period) >= 1 && days(period) <= daysMax, "P1D to P" + daysMax + "D"));
    }

    /** An array of texts in a form of their own, each at most once; those that could be read, in their order. */
    public static <T> Set<T> distinct(Fields fields, String name, Function<String, Optional<T>> parse, String form) {
        List<JsonNode> elements = fields.array(name).orElse(List.of());
        Set<T> values = new LinkedHashSet<>();
        for (int index = 0; index < elements.size(); index++) {
            String place = fields.pointer(name) + "/" + index;
            JsonNode element = elements.get(index);
            Optional<T> value = element.isString() ? parse.apply(element.stringValue()) : Optional.empty();
            if (value.isEmpty()) {
                ViolationCode code = element.isString() ? ViolationCode.INVALID_FORMAT : ViolationCode.WRONG_TYPE;
                fields.violations().add(place, code, "This must be " + form + ", in quotes.");
            } else if (!values.add(value.get())) {
                fields.violations().add(place, ViolationCode.DUPLICATE_VALUE, "Name this once.");
            }
        }
        return values;
    }

    private static boolean inBounds(Fields fields, String name, boolean inside, String bounds) {
        if (!inside) {
            fields.refuse(name, ViolationCode.OUT_OF_RANGE, "This must be from " + bounds + ".");
        }
        return inside;
    }

    private static Optional<Duration> duration(String text) {
        if (!ISO_DURATION.matcher(text).matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(Duration.parse(text));
        } catch (DateTimeException noDuration) {
            return Optional.empty();
        }
    }

    private static Optional<Period> period(String text) {
        if (!ISO_PERIOD.matcher(text).matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(Period.parse(text));
        } catch (DateTimeException noPeriod) {
            return Optional.empty();
        }
    }

    private static long days(Period period) {
        try {
            return ChronoUnit.DAYS.between(ANY_DAY, ANY_DAY.plus(period));
        } catch (DateTimeException | ArithmeticException beyondAllCalendars) {
            return Long.MAX_VALUE;
        }
    }
}
