package dev.drawbridge.platform.access;

import dev.drawbridge.platform.access.CompanySettings.RateLimit;
import dev.drawbridge.platform.web.Fields;
import dev.drawbridge.platform.web.Forms;
import java.time.Duration;
import java.util.Optional;

/** Reads {@code { requests, per }}, which companies and partners may have. */
public final class RateLimitFields {

    /** More than any node could answer within a day. */
    private static final int REQUESTS_MAX = 1_000_000_000;

    private static final Duration PER_MIN = Duration.ofSeconds(1);
    private static final Duration PER_MAX = Duration.ofDays(1);

    private RateLimitFields() {}

    public static Optional<RateLimit> read(Fields fields, String name) {
        return fields.object(name).flatMap(limit -> {
            Optional<Long> requests = limit.requiredInteger("requests", 1, REQUESTS_MAX);
            Optional<Duration> per = Forms.requiredDuration(limit, "per", PER_MIN, PER_MAX);
            limit.refuseUnknown();
            return requests.flatMap(count -> per.map(time -> new RateLimit(count.intValue(), time)));
        });
    }
}
