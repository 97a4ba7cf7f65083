package dev.drawbridge.platform.access;

import java.util.Optional;

/**
 * Says how many requests an API key may send; partners, which may have a limit of their own, are above the platform.
 */
public interface RateLimits {

    /** The partner's limit, else the company's, else none; asked again every few seconds. */
    Optional<CompanySettings.RateLimit> limitOf(Company company, Caller caller);
}
