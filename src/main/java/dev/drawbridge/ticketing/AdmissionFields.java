package dev.drawbridge.ticketing;

import dev.drawbridge.platform.database.ComparisonKey;
import dev.drawbridge.platform.time.LocalFormats;
import dev.drawbridge.platform.web.Fields;
import dev.drawbridge.platform.web.Forms;
import dev.drawbridge.platform.web.TextRule;
import dev.drawbridge.platform.web.ViolationCode;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/** How an admission is written in a setup, and what it may be. */
final class AdmissionFields {

    static final TextRule CODE = TextRule.reference(20);

    private static final TextRule DESCRIPTION = TextRule.name(100);
    private static final Duration A_DAY = Duration.ofDays(1);
    private static final Duration ENTRY_FROM = Duration.ofMinutes(15);
    private static final int SCHEDULES_MAX = 200;
    private static final int CLOSED_DAYS_MAX = 1_000;

    private AdmissionFields() {}

    /** The list of an admission's slots has its code in the address. */
    private static boolean isAddressable(Fields fields, String code) {
        if (code.contains("/") || code.contains("\\") || code.equals(".") || code.equals("..")) {
            fields.refuse(
                    "code",
                    ViolationCode.INVALID_CHARACTER,
                    "This is part of addresses; use no slashes, and not dots alone.");
            return false;
        }
        return true;
    }

    static Optional<Admission> read(Fields fields) {
        Optional<String> code = fields.requiredText("code", CODE).filter(text -> isAddressable(fields, text));
        Optional<String> description = fields.text("description", DESCRIPTION);
        Optional<EntryKind> entry = fields.requiredParsed("entry", EntryKind::named, "TIMED, DAY or OPEN");
        Optional<Duration> tolerance = Forms.duration(fields, "tolerance", Duration.ZERO, A_DAY);
        Optional<Duration> entryFrom = Forms.duration(fields, "entryFrom", Duration.ZERO, A_DAY);
        boolean closed = fields.bool("closed").orElse(false);
        List<JsonNode> rows = fields.array("schedules").orElse(List.of());
        Set<LocalDate> closedOn = closedOn(fields);
        List<Schedule> schedules = schedules(fields, rows, entry, closedOn);
        fields.refuseUnknown();
        if (code.isEmpty() || entry.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Admission(
                code.get(),
                ComparisonKey.of(code.get()),
                description.orElse(code.get()),
                entry.get(),
                tolerance.orElse(Duration.ZERO),
                entryFrom.orElse(ENTRY_FROM),
                closed,
                schedules,
                closedOn));
    }

    private static Set<LocalDate> closedOn(Fields fields) {
        Set<LocalDate> days = Forms.distinct(fields, "closedOn", LocalFormats::date, "a real date YYYY-MM-DD");
        if (days.size() > CLOSED_DAYS_MAX) {
            fields.refuse("closedOn", ViolationCode.OUT_OF_RANGE, "At most " + CLOSED_DAYS_MAX + " days are allowed.");
            return Set.of();
        }
        return days;
    }

    private static List<Schedule> schedules(
            Fields fields, List<JsonNode> rows, Optional<EntryKind> entry, Set<LocalDate> closedOn) {
        if (entry.filter(EntryKind.OPEN::equals).isPresent()) {
            refuseForOpen(fields, rows, closedOn);
            return List.of();
        }
        if (rows.size() > SCHEDULES_MAX) {
            fields.refuse("schedules", ViolationCode.OUT_OF_RANGE, "At most " + SCHEDULES_MAX + " rows are allowed.");
            return List.of();
        }
        var byRow = new TreeMap<Integer, Schedule>();
        for (int index = 0; index < rows.size(); index++) {
            int row = index;
            ScheduleFields.read(rows.get(row), fields.pointer("schedules") + "/" + row, entry, fields.violations())
                    .ifPresent(schedule -> byRow.put(row, schedule));
        }
        var closed = new Schedule.ClosedDays(closedOn);
        byRow.keySet().forEach(row -> refuseConflict(fields, byRow, row, closed));
        return new ArrayList<>(byRow.values());
    }

    /** Each of the two would have a capacity of its own, and nobody could say which counts. */
    private static void refuseConflict(
            Fields fields, SortedMap<Integer, Schedule> rows, Integer row, Schedule.ClosedDays closed) {
        Schedule schedule = Objects.requireNonNull(rows.get(row));
        rows.headMap(row).entrySet().stream()
                .flatMap(earlier -> earlier
                        .getValue()
                        .commonSlot(schedule, closed)
                        .map(slot -> "Row " + earlier.getKey() + " already gives a slot at " + slot.toLocalTime()
                                + " on days such as " + slot.toLocalDate() + "; change one of them.")
                        .stream())
                .findFirst()
                .ifPresent(message -> fields.violations()
                        .add(fields.pointer("schedules") + "/" + row, ViolationCode.CONFLICT, message));
    }

    /** Silently ignored they would mislead: who writes them expects slots, or a closed day. */
    private static void refuseForOpen(Fields fields, List<JsonNode> rows, Set<LocalDate> closedOn) {
        if (!rows.isEmpty()) {
            fields.refuse("schedules", ViolationCode.NOT_ALLOWED, "An OPEN admission has no slots; remove this.");
        }
        if (!closedOn.isEmpty()) {
            fields.refuse("closedOn", ViolationCode.NOT_ALLOWED, "An OPEN admission has no slots; remove this.");
        }
    }
}
