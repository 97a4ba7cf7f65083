package dev.drawbridge.webhooks;

import dev.drawbridge.platform.access.Companies;
import dev.drawbridge.platform.access.Company;
import dev.drawbridge.platform.database.CompanyTransaction;
import dev.drawbridge.platform.database.RowIds;
import dev.drawbridge.webhooks.Delivery.New;
import dev.drawbridge.webhooks.Event.Recorded;
import dev.drawbridge.webhooks.LaneStore.Lane;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** What is sent, as the API documents it. The text is made once, then signed and sent as it is. */
@Component
class Notifications {

    private record Notification(
            UUID eventId,
            String eventName,
            String eventVersion,
            Instant timestamp,
            int sequence,
            String clientState,
            UUID companyId,
            String companyName,
            UUID subscriptionId,
            Map<String, Object> payload) {}

    private record Body(List<Notification> values) {}

    private final Companies companies;
    private final JsonMapper mapper;

    Notifications(Companies companies, JsonMapper mapper) {
        this.companies = companies;
        this.mapper = mapper;
    }

    New of(CompanyTransaction transaction, Subscription subscription, Recorded recorded) {
        Event event = recorded.event();
        UUID order = event.order().value();
        String body = body(
                transaction,
                subscription,
                new Told(recorded.id(), event.name().word(), recorded.at(), event.sequence(), event.payload()));
        return new New(
                RowIds.next(),
                subscription.id(),
                subscription.wanted().endpoint(transaction.company()),
                order,
                event.partner().value(),
                event.sequence(),
                recorded.id(),
                event.name().word(),
                Optional.of(order),
                body);
    }

    /** Belongs to no order, so it waits for nothing. */
    New ping(CompanyTransaction transaction, Subscription subscription) {
        UUID id = RowIds.next();
        UUID event = RowIds.next();
        return new New(
                id,
                subscription.id(),
                subscription.wanted().endpoint(transaction.company()),
                id,
                Lane.NOBODY,
                0,
                event,
                EventName.PING,
                Optional.empty(),
                body(transaction, subscription, new Told(event, EventName.PING, transaction.now(), 0, Map.of())));
    }

    private record Told(UUID event, String name, Instant at, int sequence, Map<String, Object> payload) {}

    private String body(CompanyTransaction transaction, Subscription subscription, Told told) {
        Company company = companies.own(transaction.company());
        return mapper.writeValueAsString(new Body(List.of(new Notification(
                told.event(),
                told.name(),
                subscription.wanted().eventVersion(),
                told.at(),
                told.sequence(),
                subscription.wanted().clientState().orElse(""),
                company.id().value(),
                company.name(),
                subscription.id(),
                told.payload()))));
    }
}
