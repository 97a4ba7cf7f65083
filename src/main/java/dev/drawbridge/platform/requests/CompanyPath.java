package dev.drawbridge.platform.requests;

import java.util.UUID;

/** The first three segments of a path, decoded: where a company is, or is to be. */
public record CompanyPath(UUID tenant, String environment, String company) {}
