package dev.drawbridge.partners;

import dev.drawbridge.platform.access.CompanySettings.RateLimit;
import dev.drawbridge.platform.access.PartnerId;
import dev.drawbridge.platform.numbers.Numbering;
import java.time.Duration;
import java.util.Optional;

/**
 * A travel agency that sends orders.
 *
 * @param active an inactive one may read and delete, and nothing else
 * @param documentNumbers numbers of its orders' documents; empty: the channel manager's own kind
 * @param draftHold how long its unpaid orders hold their capacity; empty: as long as the company's
 * @param rateLimit for each of its API keys; empty: the company's
 * @param design code of the look of its guests' manifests, as written
 */
public record Partner(
        PartnerId id,
        String name,
        boolean active,
        Optional<Numbering> documentNumbers,
        Optional<Duration> draftHold,
        Optional<RateLimit> rateLimit,
        Optional<String> design) {

    /** The key of its definition. */
    public String key() {
        return id.toString();
    }
}
