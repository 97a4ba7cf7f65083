package dev.drawbridge.ticketing;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The admissions and ticket types of a company at one version of its setup. */
public final class TicketingSnapshot {

    private final Map<String, Admission> admissions;
    private final Map<String, TicketType> ticketTypes;

    TicketingSnapshot(List<Admission> admissions, List<TicketType> ticketTypes) {
        this.admissions =
                admissions.stream().collect(Collectors.toUnmodifiableMap(Admission::key, Function.identity()));
        this.ticketTypes =
                ticketTypes.stream().collect(Collectors.toUnmodifiableMap(TicketType::key, Function.identity()));
    }

    public Optional<Admission> admission(String key) {
        return Optional.ofNullable(admissions.get(key));
    }

    public Optional<TicketType> ticketType(String key) {
        return Optional.ofNullable(ticketTypes.get(key));
    }

    Collection<Admission> admissions() {
        return admissions.values();
    }
}
