package dev.drawbridge.webhooks;

import dev.drawbridge.platform.access.PartnerId;
import dev.drawbridge.platform.access.Permission;
import dev.drawbridge.platform.outbound.OutboundTargets;
import dev.drawbridge.platform.outbound.TargetRefusal;
import dev.drawbridge.platform.requests.Call;
import dev.drawbridge.platform.requests.PageRequest;
import dev.drawbridge.platform.requests.Requires;
import dev.drawbridge.platform.web.Answer;
import dev.drawbridge.platform.web.Problem;
import dev.drawbridge.platform.web.WebProblem;
import dev.drawbridge.webhooks.Subscription.DisabledReason;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** Webhooks: made, listed, read, switched, deleted, given a new secret. */
@RestController
@RequestMapping("/{tenant}/{environment}/{company}/webhooks")
class WebhookController {

    /**
     * A subscription in answers.
     *
     * @param secret only in the answer that made it
     * @param secretShown true where the secret was shown before, in the first answer to a repeated request
     */
    record SubscriptionView(
            UUID id,
            String state,
            Optional<String> disabledReason,
            Optional<String> secret,
            Optional<Boolean> secretShown,
            String notificationUrl,
            String eventName,
            String eventVersion,
            Optional<String> clientState,
            Optional<UUID> partnerId,
            Instant createdAt,
            Optional<Instant> failingSince,
            Optional<Instant> previousSecretUntil) {

        static SubscriptionView of(Subscription.Created created) {
            return of(created.subscription(), Optional.of(created.secret()), Optional.empty());
        }

        static SubscriptionView ofShown(Subscription subscription) {
            return of(subscription, Optional.empty(), Optional.of(true));
        }

        static SubscriptionView of(Subscription subscription) {
            return of(subscription, Optional.empty(), Optional.empty());
        }

        private static SubscriptionView of(Subscription shown, Optional<String> secret, Optional<Boolean> secretShown) {
            return new SubscriptionView(
                    shown.id(),
                    shown.state().word(),
                    shown.disabledReason().map(DisabledReason::word),
                    secret,
                    secretShown,
                    shown.wanted().notificationUrl(),
                    shown.wanted().interest().eventName(),
                    shown.wanted().eventVersion(),
                    shown.wanted().clientState(),
                    shown.wanted().interest().partner().map(PartnerId::value),
                    shown.createdAt(),
                    shown.failingSince(),
                    shown.previousSecretUntil());
        }
    }

    private final Subscriptions subscriptions;
    private final OutboundTargets targets;

    WebhookController(Subscriptions subscriptions, OutboundTargets targets) {
        this.subscriptions = subscriptions;
        this.targets = targets;
    }

    @PostMapping
    @Requires(Permission.OTA_CHANNEL_MANAGER)
    Answer create(Call call) {
        call.query().end();
        // Looked up before the work begins, for that is a transaction.
        Optional<TargetRefusal> ofHost = refusalOfHost(call);
        return call.idempotent(() -> {
            Subscription.Created created = subscriptions.create(
                    call.caller(), call.company().id(), () -> new WebhookBody(call.body(), call.strict())
                            .wanted(call.caller().partner(), url -> targets.refusalOf(url)
                                    .or(() -> ofHost)));
            String location =
                    call.companyUrl() + "/webhooks/" + created.subscription().id();
            return new Answer(HttpStatus.CREATED, Map.of("Location", location), SubscriptionView.of(created))
                    .keeping(SubscriptionView.ofShown(created.subscription()));
        });
    }

    @GetMapping
    @Requires(Permission.OTA_CHANNEL_MANAGER)
    Answer list(Call call) {
        OptionalLong feed = call.query().sync();
        PageRequest page = call.pageRequest();
        call.query().end();
        if (feed.isPresent()) {
            return Answer.ok(call.changes(
                    page,
                    feed.getAsLong(),
                    (after, max) ->
                            subscriptions.changed(call.caller(), call.company().id(), after, max),
                    SubscriptionView::of));
        }
        List<Subscription> rows = subscriptions.list(
                call.caller(), call.company().id(), page.after().map(UUID::fromString), page.rowsToRead());
        return Answer.ok(call.page(page, rows, row -> row.id().toString()).map(SubscriptionView::of));
    }

    @GetMapping("/{id}")
    @Requires(Permission.OTA_CHANNEL_MANAGER)
    Answer read(Call call) {
        call.query().end();
        return Answer.ok(SubscriptionView.of(
                subscriptions.find(call.caller(), call.company().id(), id(call))));
    }

    @PatchMapping("/{id}")
    @Requires(Permission.OTA_CHANNEL_MANAGER)
    Answer change(Call call) {
        UUID id = id(call);
        call.query().end();
        JsonNode body = call.body();
        return Answer.ok(SubscriptionView.of(subscriptions.change(
                call.caller(), call.company().id(), id, () -> new WebhookBody(body, call.strict()).state())));
    }

    @DeleteMapping("/{id}")
    @Requires(Permission.OTA_CHANNEL_MANAGER)
    Answer delete(Call call) {
        UUID id = id(call);
        call.query().end();
        call.ignoreBody();
        subscriptions.delete(call.caller(), call.company().id(), id);
        return Answer.noContent();
    }

    @PostMapping("/{id}/rotateSecret")
    @Requires(Permission.OTA_CHANNEL_MANAGER)
    Answer rotateSecret(Call call) {
        call.query().end();
        call.ignoreBody();
        return call.idempotent(() -> {
            Subscription.Created rotated =
                    subscriptions.rotateSecret(call.caller(), call.company().id(), id(call));
            return Answer.ok(SubscriptionView.of(rotated)).keeping(SubscriptionView.ofShown(rotated.subscription()));
        });
    }

    /** Where the address of the body leads; what else may be wrong with the body is found later. */
    private Optional<TargetRefusal> refusalOfHost(Call call) {
        try {
            return Optional.of(call.body().path("notificationUrl").asString(""))
                    .filter(url -> targets.refusalOf(url).isEmpty())
                    .flatMap(url -> targets.refusalOfHost(URI.create(url).getHost()));
        } catch (Problem noBody) {
            return Optional.empty();
        }
    }

    private static UUID id(Call call) {
        return call.pathUuid("id", WebProblem.RESOURCE_NOT_FOUND);
    }
}
