package dev.drawbridge.platform.requests;

import dev.drawbridge.platform.database.CompanyId;
import dev.drawbridge.platform.requests.IdempotencyStore.Key;
import dev.drawbridge.platform.web.ViolationCode;
import dev.drawbridge.platform.web.Violations;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/** Reads {@code Idempotency-Key}, and what makes two requests the same: method, path, query, version, body. */
final class IdempotencyKeys {

    private static final String HEADER = "Idempotency-Key";
    private static final Pattern FORM = Pattern.compile("[\\x21-\\x7e]{1,255}");
    /** Under which a request is kept that may create its company. */
    static final CompanyId NO_COMPANY_YET = new CompanyId(new UUID(0, 0));

    private IdempotencyKeys() {}

    static Optional<Key> of(Call call) {
        List<String> given = Collections.list(call.request().getHeaders(HEADER));
        if (given.isEmpty()) {
            return Optional.empty();
        }
        if (given.size() > 1 || !FORM.matcher(given.getFirst()).matches()) {
            var violations = new Violations();
            violations.add(
                    HEADER, ViolationCode.INVALID_FORMAT, "This header must be 1 to 255 visible ASCII characters.");
            violations.throwIfAny();
        }
        CompanyId company = call.mayCreateCompany() && call.caller().isPlatform()
                ? NO_COMPANY_YET
                : call.company().id();
        return Optional.of(new Key(company, call.caller().keyId(), given.getFirst(), hash(call)));
    }

    private static byte[] hash(Call call) {
        HttpServletRequest request = call.request();
        String query = request.getQueryString();
        MessageDigest digest = sha256();
        for (String part :
                List.of(request.getMethod(), request.getRequestURI(), query == null ? "" : query, call.version())) {
            add(digest, part.getBytes(StandardCharsets.UTF_8));
        }
        add(digest, call.rawBody());
        return digest.digest();
    }

    private static void add(MessageDigest digest, byte[] part) {
        digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(part.length).array());
        digest.update(part);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("Every Java platform has SHA-256", missing);
        }
    }
}
