package dev.drawbridge.ticketing;

import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;

/**
 * A place or event that guests are let in to.
 *
 * @param code as written; {@code key} is what it is compared by
 * @param tolerance how far from the asked time the start of a slot bound in its stead may be ({@link SlotChoice})
 * @param entryFrom the gate opens for a slot this long before it starts
 * @param closed retired: no slots, nothing is sold; tickets that were sold stay valid
 * @param schedules empty for {@link EntryKind#OPEN}
 * @param closedOn days without slots, whatever the schedules say
 */
public record Admission(
        String code,
        String key,
        String description,
        EntryKind entry,
        Duration tolerance,
        Duration entryFrom,
        boolean closed,
        List<Schedule> schedules,
        Set<LocalDate> closedOn) {

    public Admission {
        schedules = List.copyOf(schedules);
        closedOn = Set.copyOf(closedOn);
    }
}
