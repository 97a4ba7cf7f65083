package dev.drawbridge.webhooks;

import dev.drawbridge.platform.access.PartnerId;
import dev.drawbridge.platform.database.CompanyId;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/**
 * Somebody's wish to be told of events at an address.
 *
 * @param failingSince the first failure since the last success
 * @param previousSecretUntil while two secrets sign: when the older one stops
 */
record Subscription(
        UUID id,
        Wanted wanted,
        State state,
        Optional<DisabledReason> disabledReason,
        Instant createdAt,
        Optional<Instant> failingSince,
        Optional<Instant> previousSecretUntil) {

    /** A secret that signs, as it is shown once. */
    record Created(Subscription subscription, String secret) {}

    /**
     * Which events.
     *
     * @param partner only of this one's orders; empty: an operator's, of all
     * @param eventName one, or {@code *}
     */
    record Interest(Optional<PartnerId> partner, String eventName) {

        boolean has(Event event) {
            return (partner.isEmpty() || partner.get().equals(event.partner()))
                    && (eventName.equals(EventName.ALL)
                            || eventName.equals(event.name().word()));
        }
    }

    /** What a subscription is made of. */
    record Wanted(Interest interest, String notificationUrl, String eventVersion, Optional<String> clientState) {

        /** The address as an id: of all that goes to one, each order's events keep their order. */
        UUID endpoint(CompanyId company) {
            URI url = URI.create(notificationUrl);
            String host = url.getHost().toLowerCase(Locale.ROOT);
            String place = company + " " + url.getScheme().toLowerCase(Locale.ROOT) + " " + host + " " + url.getPort()
                    + " " + url.getRawPath() + " " + url.getRawQuery();
            return UUID.nameUUIDFromBytes(place.getBytes(StandardCharsets.UTF_8));
        }
    }

    enum State {
        ACTIVE,
        DISABLED;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        static Optional<State> of(String word) {
            return Arrays.stream(values())
                    .filter(state -> state.word().equals(word))
                    .findFirst();
        }
    }

    enum DisabledReason {
        /** By PATCH. */
        REQUESTED,
        /** The endpoint answered 410. */
        GONE,
        /** No attempt succeeded for days. */
        NO_SUCCESS;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
