package dev.drawbridge.ticketing;

import dev.drawbridge.platform.time.LocalFormats;
import dev.drawbridge.platform.web.Fields;
import dev.drawbridge.platform.web.Forms;
import dev.drawbridge.platform.web.ViolationCode;
import dev.drawbridge.platform.web.Violations;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * How a row of an admission's schedules is written, and what it may be: {@code at} and {@code lasts}; or {@code from},
 * {@code until}, {@code every} and perhaps {@code lasts}; or, for one slot a day, {@code from} and {@code until}.
 */
final class ScheduleFields {

    static final int CAPACITY_MAX = 999_999_999;
    private static final int MINUTE_SECONDS = 60;
    private static final Duration A_MINUTE = Duration.ofMinutes(1);
    private static final Duration A_DAY = Duration.ofDays(1);
    private static final String TIME_OF_DAY = "a time of day HH:mm";

    private final Fields row;

    private ScheduleFields(Fields row) {
        this.row = row;
    }

    /** @param entry of the admission; empty where it could not be read: then the row is taken for what it looks like */
    static Optional<Schedule> read(JsonNode row, String pointer, Optional<EntryKind> entry, Violations violations) {
        return Fields.objectOf(row, pointer, violations)
                .flatMap(fields -> new ScheduleFields(fields).schedule(entry, row.toString()));
    }

    private Optional<Schedule> schedule(Optional<EntryKind> entry, String written) {
        Set<DayOfWeek> weekdays = Forms.weekdays(row, "weekdays").orElse(EnumSet.allOf(DayOfWeek.class));
        Optional<Schedule.Times> times =
                switch (entry.orElseGet(this::looksLike)) {
                    case TIMED -> isThere("at") ? starts() : intervals();
                    case DAY -> wholeDay();
                    case OPEN -> Optional.empty();
                };
        Optional<Long> capacity = row.requiredInteger("capacity", 0, CAPACITY_MAX);
        Optional<LocalDate> validFrom = date("validFrom");
        Optional<LocalDate> validUntil = date("validUntil");
        if (validFrom.isPresent() && validUntil.filter(validFrom.get()::isAfter).isPresent()) {
            row.refuse("validUntil", ViolationCode.OUT_OF_RANGE, "This must not be before validFrom.");
        }
        row.refuseUnknown();
        if (times.isEmpty() || capacity.isEmpty() || weekdays.isEmpty()) {
            return Optional.empty();
        }
        var days = new Schedule.Days(weekdays, validFrom, validUntil);
        return Optional.of(new Schedule(days, times.get(), capacity.get().intValue(), written));
    }

    private EntryKind looksLike() {
        return Stream.of("at", "every", "lasts").anyMatch(this::isThere) ? EntryKind.TIMED : EntryKind.DAY;
    }

    private boolean isThere(String name) {
        return row.json(name).isPresent();
    }

    private Optional<Schedule.Times> starts() {
        List<LocalTime> at = new ArrayList<>(Forms.distinct(row, "at", ScheduleFields::start, TIME_OF_DAY));
        if (row.json("at").filter(JsonNode::isArray).filter(JsonNode::isEmpty).isPresent()) {
            row.refuse("at", ViolationCode.OUT_OF_RANGE, "Name at least one time.");
        }
        Optional<Duration> lasts = row.requiredJson("lasts").flatMap(_ -> minutes("lasts"));
        refuse("from", "until", "every");
        if (at.isEmpty() || lasts.isEmpty()) {
            return Optional.empty();
        }
        if (!at.stream().allMatch(start -> Schedule.Opening.fits(start, lasts.get()))) {
            row.refuse("lasts", ViolationCode.OUT_OF_RANGE, "Each slot must end by midnight; shorten this.");
            return Optional.empty();
        }
        return Optional.of(new Schedule.Times.Starts(at, lasts.get()));
    }

    private Optional<Schedule.Times> intervals() {
        Optional<Schedule.Opening> hours = hours();
        Optional<Duration> every = row.requiredJson("every").flatMap(_ -> minutes("every"));
        Optional<Duration> lasts = minutes("lasts");
        if (hours.isEmpty() || every.isEmpty() || (lasts.isEmpty() && isThere("lasts"))) {
            return Optional.empty();
        }
        Duration length = lasts.orElse(every.get());
        if (length.compareTo(hours.get().lasts()) > 0) {
            row.refuse(
                    lasts.isPresent() ? "lasts" : "every",
                    ViolationCode.OUT_OF_RANGE,
                    "Not one slot fits between from and until; shorten this.");
            return Optional.empty();
        }
        return Optional.of(new Schedule.Times.Intervals(hours.get(), every.get(), length));
    }

    private Optional<Schedule.Times> wholeDay() {
        Optional<Schedule.Opening> hours = hours();
        refuse("at", "every", "lasts");
        return hours.map(Schedule.Times.WholeDay::new);
    }

    private Optional<Schedule.Opening> hours() {
        Optional<LocalTime> from = row.requiredParsed("from", ScheduleFields::start, TIME_OF_DAY);
        Optional<Integer> untilMinute = row.requiredParsed("until", Forms::endMinute, TIME_OF_DAY + ", or 24:00");
        if (from.isEmpty() || untilMinute.isEmpty()) {
            return Optional.empty();
        }
        Duration open =
                Duration.ofMinutes(untilMinute.get()).minusSeconds(from.get().toSecondOfDay());
        if (!open.isPositive()) {
            row.refuse("until", ViolationCode.OUT_OF_RANGE, "This must be after from, and no slot crosses midnight.");
            return Optional.empty();
        }
        return Optional.of(new Schedule.Opening(from.get(), open));
    }

    private void refuse(String... names) {
        Stream.of(names)
                .filter(this::isThere)
                .forEach(name -> row.refuse(
                        name,
                        ViolationCode.NOT_ALLOWED,
                        "This does not go with the other fields of this row, or this kind of entry; remove it."));
    }

    private Optional<Duration> minutes(String name) {
        return Forms.duration(row, name, A_MINUTE, A_DAY).filter(duration -> {
            boolean whole = duration.toSeconds() % MINUTE_SECONDS == 0;
            if (!whole) {
                row.refuse(name, ViolationCode.INVALID_FORMAT, "This must be whole minutes.");
            }
            return whole;
        });
    }

    private Optional<LocalDate> date(String name) {
        return row.parsed(name, LocalFormats::date, "a real date YYYY-MM-DD");
    }

    private static Optional<LocalTime> start(String text) {
        return Forms.startMinute(text).map(minute -> LocalTime.ofSecondOfDay((long) minute * MINUTE_SECONDS));
    }
}
