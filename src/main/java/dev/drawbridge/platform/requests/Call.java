package dev.drawbridge.platform.requests;

import dev.drawbridge.platform.access.Caller;
import dev.drawbridge.platform.access.Company;
import dev.drawbridge.platform.feed.Changed;
import dev.drawbridge.platform.server.ServerSettings;
import dev.drawbridge.platform.web.Answer;
import dev.drawbridge.platform.web.Fields;
import dev.drawbridge.platform.web.Problem;
import dev.drawbridge.platform.web.ProblemCode;
import dev.drawbridge.platform.web.RequestIds;
import dev.drawbridge.platform.web.WebProblem;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.util.UriUtils;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * One request whose key, rate limit, permission, path and version were found good. Everything else of it is read when
 * it is asked for; what is wrong with it then ends the request with a {@link Problem}.
 */
public final class Call {

    /** What every call works with. */
    @Component
    record Parts(JsonMapper mapper, IdempotentRequests idempotency, PageKeys pageKeys, ServerSettings server) {}

    private final HttpServletRequest request;
    private final Requires requires;
    private final Caller caller;
    private final CompanyPath companyPath;
    private final Optional<Company> company;
    private final String version;
    private final Parts parts;
    private byte @Nullable [] body;
    private @Nullable QueryParameters query;

    Call(HttpServletRequest request, Requires requires, RequestChecks.Admitted admitted, Parts parts) {
        this.request = request;
        this.requires = requires;
        this.caller = admitted.caller();
        this.companyPath = admitted.path();
        this.company = admitted.company();
        this.version = admitted.version();
        this.parts = parts;
    }

    public Caller caller() {
        return caller;
    }

    /** The company of the path; for a handler whose path has none, or may name a new one, {@link #existingCompany}. */
    public Company company() {
        return company.orElseThrow(() -> new IllegalStateException("This handler's path names no existing company"));
    }

    public Optional<Company> existingCompany() {
        return company;
    }

    /** The path's first segments as they were sent, decoded once. */
    public CompanyPath companyPath() {
        return companyPath;
    }

    /** The release to answer as: one of the handler's {@link Requires#releases()}. */
    public String version() {
        return version;
    }

    /** Whether unknown properties are violations: {@code Prefer: handling=strict}. */
    public boolean strict() {
        return Preferences.isStrict(request);
    }

    public String requestId() {
        return RequestIds.of(request);
    }

    public String publicBaseUrl() {
        return parts.server().publicBaseUrl().toString();
    }

    /** The public address of the company, without a slash at its end: what a Location begins with. */
    public String companyUrl() {
        Company named = company();
        return publicBaseUrl() + "/" + named.tenant() + "/"
                + UriUtils.encode(named.environment(), StandardCharsets.UTF_8) + "/"
                + UriUtils.encode(named.name(), StandardCharsets.UTF_8);
    }

    /** Ends the request with {@code forbidden} for a key that is bound to a partner. */
    public void requireOperator() {
        if (!caller.isOperator()) {
            throw new Problem(WebProblem.FORBIDDEN);
        }
    }

    public UUID pathUuid(String variable, ProblemCode otherwise) {
        return Fields.uuid(pathText(variable)).orElseThrow(() -> new Problem(otherwise));
    }

    /** A variable of the path, decoded once. */
    public String pathText(String variable) {
        Object variables = request.getAttribute(HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE);
        if (variables instanceof Map<?, ?> byName && byName.get(variable) instanceof String text) {
            return text;
        }
        throw new IllegalArgumentException("The handler's path has no variable " + variable);
    }

    public QueryParameters query() {
        if (query == null) {
            query = QueryString.of(request).parameters(strict());
        }
        return query;
    }

    /** The page that is asked for; read the list's other parameters first, then this, then {@code query().end()}. */
    public PageRequest pageRequest() {
        return parts.pageKeys().read(request, query());
    }

    /** @param rows up to {@link PageRequest#rowsToRead()}; the one too many is left out and says that more follow. */
    public <T> Page<T> page(PageRequest asked, List<T> rows, Function<? super T, String> positionOf) {
        return parts.pageKeys().page(request, publicBaseUrl(), asked, rows, positionOf);
    }

    /**
     * As {@link #page}, of a list that is asked for as a change feed: entries with their {@code rowVersion}, tombstones
     * of those that are gone.
     *
     * @param lastRowVersion what {@link QueryParameters#sync} answered
     * @param read what changed after a position, so many at most
     */
    public <T> Page<JsonNode> changes(
            PageRequest asked,
            long lastRowVersion,
            BiFunction<Long, Integer, List<Changed<T>>> read,
            Function<? super T, ?> view) {
        long after = asked.after().map(Long::parseLong).orElse(lastRowVersion);
        return page(asked, read.apply(after, asked.rowsToRead()), change -> Long.toString(change.version()))
                .map(change -> shown(change, view));
    }

    private <T> JsonNode shown(Changed<T> change, Function<? super T, ?> view) {
        String version = Long.toString(change.version());
        ObjectNode tombstone =
                parts.mapper().createObjectNode().put("id", change.id().toString());
        return change.row()
                .map(row ->
                        parts.mapper().<ObjectNode>valueToTree(view.apply(row)).put("rowVersion", version))
                .orElseGet(() -> tombstone.put("rowVersion", version).put("deleted", true));
    }

    /** The body, an object; else {@code unsupported_media_type}, {@code payload_too_large} or {@code invalid_json}. */
    public JsonNode body() {
        return JsonBody.parse(rawBody(), parts.mapper());
    }

    /** For requests that need no body: one that is sent all the same must be such as others accept; it is not read. */
    public void ignoreBody() {
        BodyReader.check(request, Set.of(requires.accepts()));
    }

    /** As {@link #body()}, read now; what is wrong with it is thrown to whoever asks for it, if anybody does. */
    public Supplier<JsonNode> heldBody() {
        try {
            JsonNode read = body();
            return () -> read;
        } catch (Problem invalid) {
            return () -> {
                throw invalid;
            };
        }
    }

    /** The body's bytes, of one of the accepted media types; empty where none was sent. */
    public byte[] rawBody() {
        if (body == null) {
            mediaType();
            body = BodyReader.read(request);
        }
        return body;
    }

    /** Which of the accepted media types the body has; empty text where none was sent. */
    public String mediaType() {
        return BodyReader.mediaType(request, Set.of(requires.accepts()));
    }

    /**
     * Answers a repeated request as the first one, where it has an {@code Idempotency-Key}. The work and the keeping of
     * its answer are one transaction; so read the body inside the work, and let use cases join.
     */
    public Answer idempotent(Supplier<Answer> work) {
        return parts.idempotency().answer(this, work);
    }

    /** As {@link #idempotent(Supplier)}, for work that is answered only after what it accepted is committed. */
    public Answer idempotent(LongWork work) {
        return parts.idempotency().answer(this, work);
    }

    /**
     * As {@link #idempotent(Supplier)}, for work in several transactions, or on a company that it creates, that may be
     * done again without harm if the node dies before the answer is kept.
     */
    public Answer idempotentApart(Supplier<Answer> work) {
        return parts.idempotency().answerApart(this, work);
    }

    HttpServletRequest request() {
        return request;
    }

    boolean mayCreateCompany() {
        return requires.newCompany();
    }
}
