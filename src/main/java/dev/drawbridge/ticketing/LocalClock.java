package dev.drawbridge.ticketing;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;

/** What a company's clock shows, made instants. */
final class LocalClock {

    private LocalClock() {}

    /**
     * The instant at which the zone's clocks show this: the earlier one where they show it twice, and the instant of
     * the change where they skip it. So a later local time never gives an earlier instant.
     */
    static Instant instant(LocalDateTime local, ZoneId zone) {
        ZoneOffsetTransition change = zone.getRules().getTransition(local);
        if (change != null && change.isGap()) {
            return change.getInstant();
        }
        return local.atZone(zone).withEarlierOffsetAtOverlap().toInstant();
    }
}
