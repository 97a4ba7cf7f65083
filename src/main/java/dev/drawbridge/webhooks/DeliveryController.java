package dev.drawbridge.webhooks;

import dev.drawbridge.platform.access.Permission;
import dev.drawbridge.platform.requests.Call;
import dev.drawbridge.platform.requests.PageRequest;
import dev.drawbridge.platform.requests.Requires;
import dev.drawbridge.platform.web.Answer;
import dev.drawbridge.platform.web.WebProblem;
import dev.drawbridge.webhooks.DeliveryStore.Position;
import dev.drawbridge.webhooks.EventStore.Replay;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** What was sent to a webhook, and sending it again. */
@RestController
@RequestMapping("/{tenant}/{environment}/{company}/webhooks")
class DeliveryController {

    private record ReplayView(UUID replayId, Instant from, Instant until) {}

    /** A delivery in answers. */
    record DeliveryView(
            UUID id,
            UUID eventId,
            String eventName,
            Optional<UUID> orderId,
            String state,
            int attempts,
            Optional<Integer> lastStatus,
            Optional<String> lastError,
            Optional<Integer> lastLatencyMs,
            Optional<Instant> nextAttemptAt,
            Instant createdAt) {

        static DeliveryView of(Delivery delivery) {
            return new DeliveryView(
                    delivery.id(),
                    delivery.eventId(),
                    delivery.eventName(),
                    delivery.order(),
                    delivery.state().word(),
                    delivery.attempts(),
                    delivery.last().status(),
                    delivery.last().error(),
                    delivery.last().latencyMillis(),
                    delivery.nextAttemptAt(),
                    delivery.createdAt());
        }
    }

    private final Deliveries deliveries;

    DeliveryController(Deliveries deliveries) {
        this.deliveries = deliveries;
    }

    @PostMapping("/{id}/ping")
    @Requires(Permission.OTA_CHANNEL_MANAGER)
    Answer ping(Call call) {
        call.query().end();
        call.ignoreBody();
        return call.idempotent(() -> accepted(
                DeliveryView.of(deliveries.ping(call.caller(), call.company().id(), id(call)))));
    }

    @GetMapping("/{id}/deliveries")
    @Requires(Permission.OTA_CHANNEL_MANAGER)
    Answer list(Call call) {
        PageRequest page = call.pageRequest();
        call.query().end();
        List<Delivery> rows = deliveries.list(
                call.caller(),
                call.company().id(),
                id(call),
                page.after().map(DeliveryController::position),
                page.rowsToRead());
        return Answer.ok(
                call.page(page, rows, row -> row.createdAt() + " " + row.id()).map(DeliveryView::of));
    }

    @PostMapping("/deliveries/{id}/redeliver")
    @Requires(Permission.OTA_CHANNEL_MANAGER)
    Answer redeliver(Call call) {
        call.query().end();
        call.ignoreBody();
        return call.idempotent(() -> accepted(DeliveryView.of(
                deliveries.redeliver(call.caller(), call.company().id(), id(call)))));
    }

    @PostMapping("/{id}/replay")
    @Requires(Permission.OTA_CHANNEL_MANAGER)
    Answer replay(Call call) {
        call.query().end();
        return call.idempotent(() -> {
            JsonNode body = call.body();
            Replay replay = deliveries.replay(
                    call.caller(), call.company().id(), id(call), () -> new WebhookBody(body, call.strict()).period());
            return accepted(new ReplayView(replay.id(), replay.from(), replay.until()));
        });
    }

    private static Answer accepted(Object body) {
        return new Answer(HttpStatus.ACCEPTED, Map.of(), body);
    }

    private static UUID id(Call call) {
        return call.pathUuid("id", WebProblem.RESOURCE_NOT_FOUND);
    }

    private static Position position(String text) {
        int blank = text.indexOf(' ');
        return new Position(Instant.parse(text.substring(0, blank)), UUID.fromString(text.substring(blank + 1)));
    }
}
