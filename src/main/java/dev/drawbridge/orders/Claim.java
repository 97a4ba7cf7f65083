package dev.drawbridge.orders;

import dev.drawbridge.platform.database.CompanyId;
import dev.drawbridge.platform.database.OrderId;

/**
 * The right to issue one order, for as long as the lease lasts and nobody else has claimed it since.
 *
 * @param leaseToken grows with every claim; who settles must still have the last one
 * @param attempts claims so far, this one included
 * @param assets tickets and coupons to issue
 */
record Claim(
        CompanyId company, OrderId order, int generation, long leaseToken, int attempts, String jobId, int assets) {}
