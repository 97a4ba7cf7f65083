package dev.drawbridge.platform.requests;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.drawbridge.platform.access.Caller;
import dev.drawbridge.platform.access.Companies;
import dev.drawbridge.platform.access.Company;
import dev.drawbridge.platform.access.CompanySettings.RateLimit;
import dev.drawbridge.platform.access.RateLimits;
import dev.drawbridge.platform.web.Problem;
import dev.drawbridge.platform.web.WebProblem;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/**
 * Counts requests per API key, on this node. The headers are those of the IETF draft "RateLimit header fields for
 * HTTP", version 10.
 */
@Component
class RateLimiter {

    private static final long KEYS_MAX = 100_000;
    private static final Duration LIMIT_KNOWN_FOR = Duration.ofSeconds(5);

    private record Counter(RateLimit limit, Bucket bucket) {}

    private final Cache<UUID, Optional<RateLimit>> limits = Caffeine.newBuilder()
            .maximumSize(KEYS_MAX)
            .expireAfterWrite(LIMIT_KNOWN_FOR)
            .build();
    private final Cache<UUID, Counter> counters =
            Caffeine.newBuilder().maximumSize(KEYS_MAX).build();
    private final ObjectProvider<RateLimits> source;
    private final MeterRegistry meters;

    RateLimiter(ObjectProvider<RateLimits> source, Companies companies, MeterRegistry meters) {
        this.source = source;
        this.meters = meters;
        companies.whenChanged(limits::invalidateAll);
        meters.counter("ocm.ratelimited");
    }

    /** Counts one request, sets the headers, and refuses it over the limit; nothing where none applies. */
    void take(Company company, Caller caller, HttpServletResponse response) {
        Optional<RateLimit> limit = limits.get(caller.keyId(), key -> limitOf(company, caller));
        if (limit.isEmpty()) {
            return;
        }
        Counter counter = counters.asMap()
                .compute(
                        caller.keyId(),
                        (key, known) ->
                                known != null && known.limit().equals(limit.get()) ? known : counter(limit.get()));
        ConsumptionProbe probe = counter.bucket().tryConsumeAndReturnRemaining(1);
        response.setHeader(
                "RateLimit-Policy",
                "\"default\";q=" + limit.get().requests() + ";w="
                        + limit.get().per().toSeconds());
        response.setHeader(
                "RateLimit",
                "\"default\";r=" + probe.getRemainingTokens() + ";t=" + seconds(probe.getNanosToWaitForReset()));
        if (!probe.isConsumed()) {
            meters.counter("ocm.ratelimited").increment();
            throw new Problem(
                    WebProblem.RATE_LIMITED,
                    Map.of("Retry-After", String.valueOf(seconds(probe.getNanosToWaitForRefill()))));
        }
    }

    private Optional<RateLimit> limitOf(Company company, Caller caller) {
        RateLimits available = source.getIfAvailable();
        return available == null || caller.isPlatform() ? Optional.empty() : available.limitOf(company, caller);
    }

    private static Counter counter(RateLimit limit) {
        return new Counter(
                limit,
                Bucket.builder()
                        .addLimit(bandwidth ->
                                bandwidth.capacity(limit.requests()).refillGreedy(limit.requests(), limit.per()))
                        .build());
    }

    /** Whole seconds, rounded up, so that who waits as long has waited enough. */
    private static long seconds(long nanos) {
        return Math.ceilDiv(nanos, Duration.ofSeconds(1).toNanos());
    }
}
