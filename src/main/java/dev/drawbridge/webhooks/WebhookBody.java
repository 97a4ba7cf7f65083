package dev.drawbridge.webhooks;

import dev.drawbridge.platform.access.PartnerId;
import dev.drawbridge.platform.outbound.TargetRefusal;
import dev.drawbridge.platform.web.Fields;
import dev.drawbridge.platform.web.TextRule;
import dev.drawbridge.platform.web.ViolationCode;
import dev.drawbridge.platform.web.Violations;
import dev.drawbridge.webhooks.Subscription.Interest;
import dev.drawbridge.webhooks.Subscription.State;
import dev.drawbridge.webhooks.Subscription.Wanted;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/** The bodies of requests about webhooks. */
final class WebhookBody {

    static final String EVENT_VERSION = "1.0";
    static final Duration REPLAY_MAX = Duration.ofDays(31);

    private static final TextRule URL = TextRule.reference(2_048);
    private static final TextRule CLIENT_STATE = TextRule.reference(50);
    private static final TextRule WORD = TextRule.reference(100);

    private final JsonNode body;
    private final boolean strict;
    private final Violations violations = new Violations();
    private final Fields fields;

    /** @param strict whether unknown properties are violations */
    WebhookBody(JsonNode body, boolean strict) {
        this.body = body;
        this.strict = strict;
        this.fields = new Fields(body, "", violations);
    }

    /** @param refusal of an address, for whatever reason */
    Wanted wanted(Optional<PartnerId> partner, Function<String, Optional<TargetRefusal>> refusal) {
        Optional<String> url = fields.requiredText("notificationUrl", URL);
        url.flatMap(refusal).ifPresent(this::refuse);
        Optional<String> event = fields.requiredText("eventName", WORD);
        event.filter(name -> !EventName.canBeSubscribedTo(name))
                .ifPresent(_ -> fields.refuse(
                        "eventName",
                        ViolationCode.UNKNOWN_REFERENCE,
                        "No such event; choose one of " + EventName.words() + "."));
        Optional<String> clientState = fields.text("clientState", CLIENT_STATE);
        Optional<String> version = fields.text("eventVersion", WORD);
        version.filter(asked -> !asked.equals(EVENT_VERSION))
                .ifPresent(_ -> fields.refuse(
                        "eventVersion", ViolationCode.UNKNOWN_REFERENCE, "The only version is " + EVENT_VERSION + "."));
        end();
        return new Wanted(new Interest(partner, event.orElseThrow()), url.orElseThrow(), EVENT_VERSION, clientState);
    }

    State state() {
        Optional<State> state = fields.requiredParsed("state", State::of, "active or disabled");
        end();
        return state.orElseThrow();
    }

    /** @param now events that are no longer kept cannot be told again */
    Period period(Instant now) {
        Optional<Instant> from = fields.requiredParsed("from", WebhookBody::instant, "a time with its zone");
        Optional<Instant> until = fields.requiredParsed("until", WebhookBody::instant, "a time with its zone");
        from.filter(start -> start.isBefore(now.minus(WebhookUpkeep.EVENTS_KEPT)))
                .ifPresent(_ -> fields.refuse(
                        "from",
                        ViolationCode.OUT_OF_RANGE,
                        "Events are kept for " + WebhookUpkeep.EVENTS_KEPT.toDays() + " days; begin later."));
        if (from.isPresent() && until.isPresent()) {
            check(from.get(), until.get());
        }
        end();
        return new Period(from.orElseThrow(), until.orElseThrow());
    }

    private void check(Instant from, Instant until) {
        if (!from.isBefore(until)) {
            fields.refuse("until", ViolationCode.CONFLICT, "This must be later than from.");
        } else if (Duration.between(from, until).compareTo(REPLAY_MAX) > 0) {
            fields.refuse(
                    "until",
                    ViolationCode.OUT_OF_RANGE,
                    "A replay may span " + REPLAY_MAX.toDays() + " days at most; ask for several.");
        }
    }

    /** @param until exclusive */
    record Period(Instant from, Instant until) {

        /** What happens after now is told anyway; only what happened before can be told again. */
        Period until(Instant now) {
            return until.isAfter(now) ? new Period(from, now.isAfter(from) ? now : from) : this;
        }
    }

    private void refuse(TargetRefusal refusal) {
        ViolationCode code =
                switch (refusal) {
                    case NO_URL, HAS_USER, HAS_FRAGMENT -> ViolationCode.INVALID_FORMAT;
                    case NOT_HTTPS, PORT, OWN_HOST, NOT_PUBLIC -> ViolationCode.NOT_ALLOWED;
                };
        fields.refuse("notificationUrl", code, refusal.message());
    }

    private void end() {
        if (strict) {
            fields.refuseUnknown();
        }
        violations.throwIfAny(body);
    }

    private static Optional<Instant> instant(String text) {
        try {
            return Optional.of(OffsetDateTime.parse(text))
                    .filter(time -> time.getYear() >= 1 && time.getYear() <= 9_999)
                    .map(OffsetDateTime::toInstant);
        } catch (DateTimeParseException malformed) {
            return Optional.empty();
        }
    }
}
