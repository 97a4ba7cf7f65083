package dev.drawbridge.platform.requests;

import dev.drawbridge.platform.requests.IdempotencyStore.Kept;
import dev.drawbridge.platform.requests.IdempotencyStore.Key;
import dev.drawbridge.platform.web.Answer;
import dev.drawbridge.platform.web.JsonAnswers;
import dev.drawbridge.platform.web.Problem;
import dev.drawbridge.platform.web.RequestIds;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Which answers are kept for repeated requests, and how they come back. */
@Component
class KeptAnswers {

    static final String REPLAYED = "idempotency-replayed";

    /** Refusals that another try may not meet: of who asks, of how it was sent, of what goes on at the moment. */
    private static final Set<HttpStatus> NOT_KEPT = Set.of(
            HttpStatus.UNAUTHORIZED,
            HttpStatus.FORBIDDEN,
            HttpStatus.REQUEST_TIMEOUT,
            HttpStatus.CONFLICT,
            HttpStatus.CONTENT_TOO_LARGE,
            HttpStatus.UNSUPPORTED_MEDIA_TYPE,
            HttpStatus.TOO_MANY_REQUESTS);

    private static final Set<String> NOT_KEPT_CODES = Set.of("order_in_flight", "idempotency_key_reused");
    private static final TypeReference<Map<String, String>> HEADERS = new TypeReference<>() {};

    private final JsonAnswers answers;
    private final JsonMapper mapper;

    KeptAnswers(JsonAnswers answers, JsonMapper mapper) {
        this.answers = answers;
        this.mapper = mapper;
    }

    static boolean isFinal(Problem refused) {
        HttpStatus status = refused.code().status();
        return status.is4xxClientError()
                && !NOT_KEPT.contains(status)
                && !NOT_KEPT_CODES.contains(refused.code().code());
    }

    Kept begun(Key key, @Nullable UUID orderId) {
        return new Kept(key.requestHash(), orderId, null, "{}", null, true);
    }

    /** Whether this answer is the one that is kept, whose secrets its caller may see. */
    boolean isOf(Kept kept, Answer answer) {
        return Arrays.equals(kept.body(), body(answer));
    }

    private byte @Nullable [] body(Answer answer) {
        return answers.bytes(answer.kept() == null ? answer.body() : answer.kept());
    }

    Kept of(Key key, Answer answer) {
        byte @Nullable [] body = body(answer);
        String headers = mapper.writeValueAsString(answer.headers());
        return new Kept(key.requestHash(), null, answer.status().value(), headers, body, false);
    }

    Kept of(Key key, Problem refused, String requestId) {
        byte[] body = answers.errorBytes(refused, requestId);
        Map<String, String> kept = new HashMap<>(refused.headers());
        // Its body names the first request; the header must not name another.
        kept.put(RequestIds.HEADER, requestId);
        String headers = mapper.writeValueAsString(kept);
        return new Kept(key.requestHash(), null, refused.code().status().value(), headers, body, false);
    }

    Answer replay(Kept kept) {
        Map<String, String> headers = new HashMap<>(mapper.readValue(kept.headers(), HEADERS));
        headers.put(REPLAYED, "true");
        int status = Objects.requireNonNull(kept.status(), "Only an answer that is final can be given again");
        return new Answer(HttpStatus.valueOf(status), headers, kept.body());
    }
}
