package dev.drawbridge.journeys;

import dev.drawbridge.fixtures.TestServer;
import dev.drawbridge.fixtures.WatchedDataSource;
import dev.drawbridge.platform.access.Permission;
import dev.drawbridge.platform.requests.Call;
import dev.drawbridge.platform.requests.LongWork;
import dev.drawbridge.platform.requests.PageRequest;
import dev.drawbridge.platform.requests.Requires;
import dev.drawbridge.platform.web.Answer;
import dev.drawbridge.platform.web.Fields;
import dev.drawbridge.platform.web.Problem;
import dev.drawbridge.platform.web.TextRule;
import dev.drawbridge.platform.web.Violations;
import dev.drawbridge.platform.web.WebProblem;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.springframework.jdbc.CannotGetJdbcConnectionException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import tools.jackson.databind.JsonNode;

/** Routes below {@code .../test/} that only tests have: each shows one thing that the platform does for any handler. */
public final class TestRoutes {

    /** What the routes did since the server started. */
    static final AtomicInteger EFFECTS = new AtomicInteger();

    /** {@code /test/slow} has begun, and goes on when it is told to. */
    static final Semaphore BEGUN = new Semaphore(0);

    static final Semaphore GO_ON = new Semaphore(0);

    private static final AtomicInteger finishFails = new AtomicInteger();
    private static volatile boolean commitDies;
    private static volatile boolean replyIsLost;
    private static boolean registered;

    private TestRoutes() {}

    /** The next so many times {@code /test/long} fails after its order was accepted. */
    static void finishFails(int times) {
        finishFails.set(times);
    }

    /** The next {@code /test/long} or {@code /test/secret} never hears that its work was committed. */
    static void nextReplyIsLost() {
        replyIsLost = true;
    }

    /** The connection of the next {@code /test/commit} dies when its transaction is to be committed. */
    static void nextCommitDies() {
        commitDies = true;
    }

    static synchronized void register() {
        if (!registered) {
            var routes = new TestRoutes();
            routes.add("echo", "echo", RequestMethod.POST, RequestMethod.PUT);
            routes.add("raw", "raw", RequestMethod.POST);
            routes.add("refusal", "refusal", RequestMethod.POST);
            routes.add("fault", "fault", RequestMethod.GET);
            routes.add("no-database", "noDatabase", RequestMethod.GET);
            routes.add("secret", "secret", RequestMethod.POST);
            routes.add("slow", "slow", RequestMethod.POST);
            routes.add("long", "longWork", RequestMethod.POST);
            routes.add("apart", "apart", RequestMethod.POST);
            routes.add("commit", "commit", RequestMethod.POST);
            routes.add("versions", "versions", RequestMethod.GET);
            routes.add("rows", "rows", RequestMethod.GET);
            routes.add("ticketing", "ticketing", RequestMethod.GET);
            registered = true;
        }
    }

    private void add(String path, String method, RequestMethod... methods) {
        var mapping = TestServer.running().bean(RequestMappingHandlerMapping.class);
        var route = RequestMappingInfo.paths("/{tenant}/{environment}/{company}/test/" + path)
                .methods(methods)
                .options(mapping.getBuilderConfiguration())
                .build();
        try {
            mapping.registerMapping(route, this, TestRoutes.class.getMethod(method, Call.class));
        } catch (NoSuchMethodException misspelled) {
            throw new IllegalStateException(misspelled);
        }
    }

    @Requires(Permission.OTA_CHANNEL_MANAGER)
    public Answer echo(Call call) {
        return call.idempotent(() -> Answer.created(read(call), call.companyUrl() + "/test/echo"));
    }

    private static Map<String, Object> read(Call call) {
        JsonNode body = call.body();
        var violations = new Violations();
        var fields = new Fields(body, "", violations);
        Map<String, Object> echo = new LinkedHashMap<>();
        fields.requiredText("text", TextRule.reference(20)).ifPresent(text -> echo.put("text", text));
        fields.integer("number", 1, 10).ifPresent(number -> echo.put("number", number));
        fields.object("nested").ifPresent(nested -> {
            nested.bool("flag").ifPresent(flag -> echo.put("flag", flag));
            if (call.strict()) {
                nested.refuseUnknown();
            }
        });
        fields.text("name", TextRule.name(100)).ifPresent(name -> echo.put("name", name));
        if (call.strict()) {
            fields.refuseUnknown();
        }
        violations.throwIfAny(body);
        echo.put("count", EFFECTS.incrementAndGet());
        return echo;
    }

    @Requires(accepts = {"application/yaml", "application/json"})
    public Answer raw(Call call) {
        return Answer.ok(Map.of("mediaType", call.mediaType(), "bytes", call.rawBody().length));
    }

    @Requires
    public Answer refusal(Call call) {
        return call.idempotent(() -> {
            EFFECTS.incrementAndGet();
            String code = call.body().path("code").asString("");
            throw new Problem(WebProblem.valueOf(code));
        });
    }

    @Requires
    public Answer fault(Call call) {
        return call.idempotent(() -> {
            throw new IllegalStateException("select secret from platform.api_keys -- of " + call.caller());
        });
    }

    @Requires
    public Answer noDatabase(Call call) {
        return call.idempotent(() -> {
            throw new CannotGetJdbcConnectionException("jdbc:postgresql://10.0.0.1/ " + call.requestId());
        });
    }

    @Requires
    public Answer secret(Call call) {
        return WatchedDataSource.perhapsLosingOneReply(
                thisReplyIsLost(),
                () -> call.idempotent(
                        () -> Answer.ok(Map.of("secret", "s3cr3t")).keeping(Map.of("secretShown", true))));
    }

    private static boolean thisReplyIsLost() {
        boolean lost = replyIsLost;
        replyIsLost = false;
        return lost;
    }

    @Requires
    public Answer slow(Call call) {
        return call.idempotent(() -> {
            BEGUN.release();
            GO_ON.acquireUninterruptibly();
            return Answer.ok(Map.of("count", EFFECTS.incrementAndGet()));
        });
    }

    @Requires
    public Answer longWork(Call call) {
        return WatchedDataSource.perhapsLosingOneReply(thisReplyIsLost(), () -> accepted(call));
    }

    private static Answer accepted(Call call) {
        return call.idempotent(new LongWork() {
            @Override
            public UUID accept() {
                EFFECTS.incrementAndGet();
                return UUID.randomUUID();
            }

            @Override
            public Answer finish(UUID orderId) {
                if (finishFails.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
                    throw new IllegalStateException("the node dies here");
                }
                return Answer.created(Map.of("orderId", orderId, "way", "finished"), "/orders/" + orderId);
            }

            @Override
            public Answer resume(UUID orderId) {
                return Answer.created(Map.of("orderId", orderId, "way", "resumed"), "/orders/" + orderId);
            }
        });
    }

    @Requires
    public Answer apart(Call call) {
        return call.idempotentApart(() -> {
            int count = EFFECTS.incrementAndGet();
            if (call.query().flag("fail")) {
                throw new IllegalStateException("the work fails in a way that may pass");
            }
            return Answer.ok(Map.of("count", count));
        });
    }

    @Requires
    public Answer commit(Call call) {
        return call.idempotent(() -> {
            if (commitDies) {
                commitDies = false;
                TransactionSynchronizationManager.registerSynchronization(new DyingConnection());
            }
            return Answer.ok(Map.of("count", EFFECTS.incrementAndGet()));
        });
    }

    private static final class DyingConnection implements TransactionSynchronization {

        private final JdbcClient database = TestServer.running().bean(JdbcClient.class);
        private final int backend =
                database.sql("select pg_backend_pid()").query(Integer.class).single();

        /** On another thread, so on another connection. */
        @Override
        public void beforeCommit(boolean readOnly) {
            CompletableFuture.runAsync(() -> database.sql("select pg_terminate_backend(:backend, 5000)")
                            .param("backend", backend)
                            .query(Boolean.class)
                            .single())
                    .join();
        }
    }

    @Requires(releases = {"2026-11-01", "2027-02-01"})
    public Answer versions(Call call) {
        return switch (call.version()) {
            case "2026-11-01" -> Answer.ok(Map.of("greeting", "Hello"));
            case "2027-02-01" -> Answer.ok(Map.of("greetings", List.of("Hello", "Hi")));
            default -> throw new IllegalStateException(call.version());
        };
    }

    /** The numbers 1 to 25, or the even ones of them; the row version of a number is ten times it. */
    @Requires
    public Answer rows(Call call) {
        OptionalLong sync = call.query().sync("even");
        boolean even = call.query().flag("even");
        PageRequest page = call.pageRequest();
        call.query().end();
        int after = page.after().map(Integer::parseInt).orElse((int) sync.orElse(0) / 10);
        List<Integer> rows = IntStream.rangeClosed(after + 1, 25)
                .filter(number -> !even || number % 2 == 0)
                .limit(page.rowsToRead())
                .boxed()
                .toList();
        return Answer.ok(call.page(page, rows, String::valueOf).map(number -> Map.of("number", number)));
    }

    @Requires(Permission.TICKETING)
    public Answer ticketing(Call call) {
        call.requireOperator();
        return Answer.ok(Map.of());
    }
}
