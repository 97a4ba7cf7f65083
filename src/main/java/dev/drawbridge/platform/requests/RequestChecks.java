package dev.drawbridge.platform.requests;

import dev.drawbridge.platform.access.ApiKeys;
import dev.drawbridge.platform.access.Caller;
import dev.drawbridge.platform.access.Companies;
import dev.drawbridge.platform.access.Company;
import dev.drawbridge.platform.access.Permission;
import dev.drawbridge.platform.web.Problem;
import dev.drawbridge.platform.web.WebProblem;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** What must hold before a handler runs, in this order: key, rate limit, permission, path, version. */
@Component
class RequestChecks {

    /** What was found: who calls, where, and as which release to answer. */
    record Admitted(Caller caller, CompanyPath path, Optional<Company> company, String version) {}

    private static final String MISSING = "missing";
    private static final String REFUSED = "refused";
    private static final String KEY_HEADER = "x-np-api-key";
    private static final String BEARER = "bearer ";
    private static final int COMPANY_PATH_SEGMENTS = 3;

    private final ApiKeys apiKeys;
    private final Companies companies;
    private final CompanyResolution resolution;
    private final RateLimiter rateLimiter;
    private final MeterRegistry meters;

    RequestChecks(
            ApiKeys apiKeys,
            Companies companies,
            CompanyResolution resolution,
            RateLimiter rateLimiter,
            MeterRegistry meters) {
        this.apiKeys = apiKeys;
        this.companies = companies;
        this.resolution = resolution;
        this.rateLimiter = rateLimiter;
        this.meters = meters;
        refused(MISSING);
        refused(REFUSED);
    }

    Admitted check(HttpServletRequest request, HttpServletResponse response, Requires requires) {
        Optional<String> version = version(request, response, List.of(requires.releases()));
        Caller caller = caller(request, response);
        for (Permission permission : requires.value()) {
            if (!caller.may(permission)) {
                throw new Problem(WebProblem.FORBIDDEN);
            }
        }
        List<String> segments = RequestPath.of(request).segments();
        CompanyResolution.Place place = requires.newCompany() && caller.isPlatform()
                ? resolution.newOrExisting(segments)
                : resolution.existing(caller, segments);
        return new Admitted(
                caller,
                place.path(),
                place.company(),
                version.orElseThrow(() -> new Problem(WebProblem.INVALID_API_VERSION)));
    }

    /** A path or method without a handler: of paths within a company, only the holder of its key is told so. */
    void checkUnmatched(HttpServletRequest request, HttpServletResponse response) {
        if (request.getAttribute(RequestPath.ATTRIBUTE) == null) {
            return; // on the management port, where there are no keys
        }
        version(request, response, List.of(ApiVersions.FIRST));
        List<String> segments = RequestPath.of(request).segments();
        if (segments.size() >= COMPANY_PATH_SEGMENTS) {
            resolution.existing(caller(request, response), segments);
        }
    }

    /** Every answer names its release, a refusal too; one that was not understood is told last. */
    private static Optional<String> version(
            HttpServletRequest request, HttpServletResponse response, List<String> releases) {
        Optional<String> version =
                ApiVersions.resolve(Collections.list(request.getHeaders(ApiVersions.HEADER)), releases);
        version.ifPresent(used -> response.setHeader(ApiVersions.HEADER, used));
        return version;
    }

    /** Whatever the answer will be, it counts against the key's limit and shows it. */
    private Caller caller(HttpServletRequest request, HttpServletResponse response) {
        List<String> presented = presentedKeys(request);
        Caller caller = apiKeys.authenticate(presented).orElseThrow(() -> unauthorized(presented));
        caller.company().map(companies::own).ifPresent(own -> rateLimiter.take(own, caller, response));
        return caller;
    }

    private Problem unauthorized(List<String> presented) {
        refused(presented.isEmpty() ? MISSING : REFUSED).increment();
        return new Problem(WebProblem.UNAUTHORIZED, Map.of("WWW-Authenticate", "Bearer"));
    }

    private Counter refused(String reason) {
        return meters.counter("ocm.auth.failed", "reason", reason);
    }

    private static List<String> presentedKeys(HttpServletRequest request) {
        List<String> keys = new ArrayList<>(Collections.list(request.getHeaders(KEY_HEADER)));
        for (String authorization : Collections.list(request.getHeaders("Authorization"))) {
            if (authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
                keys.add(authorization.substring(BEARER.length()).strip());
            }
        }
        return keys;
    }
}
