package dev.drawbridge.platform.database;

import java.time.Instant;

/**
 * An open transaction on one company's rows; stores ask for it, so that no SQL runs without a company.
 *
 * @param setupVersion grows with every change of the company's setup; keys the snapshots in memory
 * @param now the database's time when the transaction began, whole milliseconds: nodes' clocks decide nothing
 */
public record CompanyTransaction(CompanyId company, long setupVersion, Instant now) {}
