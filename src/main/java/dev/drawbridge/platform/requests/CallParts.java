package dev.drawbridge.platform.requests;

import dev.drawbridge.platform.server.ServerSettings;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** What a {@link Call} works with. */
@Component
record CallParts(JsonMapper mapper, IdempotentRequests idempotency, PageKeys pageKeys, ServerSettings server) {}
