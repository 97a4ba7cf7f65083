package dev.drawbridge.platform.access;

import dev.drawbridge.platform.database.CompanyId;
import java.util.UUID;

/** A company as the directory knows it: where it lives in the path, and what it is called. */
public record Company(CompanyId id, UUID tenant, String environment, String name, String displayName) {}
