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
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/** The bodies of requests about webhooks. */
final class WebhookBody {

    static final String EVENT_VERSION = "1.0";

    private static final TextRule URL = TextRule.reference(2_048);
    private static final TextRule CLIENT_STATE = TextRule.name(50);
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

    Period period() {
        Optional<Instant> from = fields.requiredParsed("from", WebhookBody::instant, "a time with its zone");
        Optional<Instant> until = fields.requiredParsed("until", WebhookBody::instant, "a time with its zone");
        if (from.isPresent() && until.isPresent() && !from.get().isBefore(until.get())) {
            fields.refuse("until", ViolationCode.CONFLICT, "This must be later than from.");
        }
        end();
        return new Period(from.orElseThrow(), until.orElseThrow());
    }

    /** @param until exclusive */
    record Period(Instant from, Instant until) {

        /**
         * What of it can be told again: not what is no longer kept, nor what happens after now, which is told anyway.
         * From its beginning to its beginning, where that is nothing.
         */
        Period asOf(Instant now) {
            Instant kept = now.minus(WebhookUpkeep.EVENTS_KEPT);
            Instant start = from.isBefore(kept) ? kept : from;
            Instant end = until.isAfter(now) ? now : until;
            return new Period(start, end.isBefore(start) ? start : end);
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
