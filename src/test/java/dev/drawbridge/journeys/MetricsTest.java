package dev.drawbridge.journeys;

import static dev.drawbridge.fixtures.OrderJson.order;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.fixtures.Api;
import dev.drawbridge.fixtures.Castle;
import dev.drawbridge.fixtures.TestServer;
import dev.drawbridge.platform.time.Job;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.springframework.core.env.Environment;

/** What an operator's dashboard is made from; the names are part of docs/operations.md. */
class MetricsTest {

    private static Api partner;

    @BeforeAll
    static void openTheCastle() {
        partner = Castle.opened().partner(Castle.JOURNEY_DEALS);
    }

    @Test
    void accepted_and_settled_orders_are_counted() {
        double accepted = value("ocm_orders_accepted_total{mode=\"synchronous\"}");
        double issued = value("ocm_orders_settled_total{status=\"Issued\"}");
        double settled = value("ocm_order_settle_seconds_count");

        partner.post(
                        "/channelManager?sync=1",
                        order().paid()
                                .line("31001", 1, Castle.weekday(), "10:00:00")
                                .toString())
                .is(201);

        assertThat(value("ocm_orders_accepted_total{mode=\"synchronous\"}")).isEqualTo(accepted + 1);
        assertThat(value("ocm_orders_settled_total{status=\"Issued\"}")).isEqualTo(issued + 1);
        assertThat(value("ocm_order_settle_seconds_count")).isEqualTo(settled + 1);
    }

    @Test
    void who_is_refused_is_counted() {
        double missing = value("ocm_auth_failed_total{reason=\"missing\"}");
        double refused = value("ocm_auth_failed_total{reason=\"refused\"}");

        partner.without("x-np-api-key").get("/helloworld").isProblem(401, "unauthorized");
        partner.key("garbage").get("/helloworld").isProblem(401, "unauthorized");

        assertThat(value("ocm_auth_failed_total{reason=\"missing\"}")).isEqualTo(missing + 1);
        assertThat(value("ocm_auth_failed_total{reason=\"refused\"}")).isEqualTo(refused + 1);
    }

    @Test
    void a_replayed_answer_is_counted() {
        double before = value("ocm_idempotent_replay_total");
        Api keyed = partner.with("Idempotency-Key", "metrics-1");
        String body = order().line("31001", 1, Castle.weekday(), "10:00:00").toString();

        keyed.post("/channelManager", body).is(201);
        keyed.post("/channelManager", body).is(201);

        assertThat(value("ocm_idempotent_replay_total")).isEqualTo(before + 1);
    }

    @Test
    void what_waits_can_be_watched() {
        TestServer.running().beans(Job.class).stream()
                .filter(job -> job.name().equals("feed-lag"))
                .forEach(Job::runOnce);

        assertThat(scraped())
                .contains(
                        "ocm_jobs_ready ",
                        "ocm_jobs_oldest_ready_seconds ",
                        "ocm_orders_in_state{status=\"Processing\"} ",
                        "ocm_holds_active ",
                        "ocm_feed_unstamped_rows ",
                        "ocm_feed_horizon_lag_seconds ",
                        "ocm_webhook_oldest_pending_seconds ");
    }

    @Test
    void every_metric_that_operators_are_told_of_exists_and_they_are_told_of_every_one_of_ours() throws Exception {
        partner.get("/helloworld").is(200);
        String documented = Files.readString(Path.of("docs/operations.md"));
        String scraped = scrapedByPrometheus();

        assertThat(matches("\\b((?:ocm|http_server|hikaricp)_[a-z_]+[a-z])\\b", documented))
                .hasSizeGreaterThan(30)
                .allSatisfy(name -> assertThat(scraped.lines())
                        .as(name)
                        .anyMatch(line -> line.startsWith(name + " ")
                                || line.startsWith(name + "{")
                                || line.startsWith(name + "_count")));
        assertThat(matches("# TYPE (ocm_[a-z_]+) ", scraped))
                .allSatisfy(name -> assertThat(documented).contains("`" + name.replaceAll("_max$", "")));
        assertThat(matches("check=\"([a-z_]+)\"", scraped))
                .hasSizeGreaterThan(10)
                .allSatisfy(check -> assertThat(documented).contains("| `" + check + "` |"));
    }

    @Test
    void the_alarms_are_rules_that_can_be_copied() throws Exception {
        String documented = Files.readString(Path.of("docs/operations.md"));
        String rules = documented.substring(documented.indexOf("groups:"));
        Object read = new Load(LoadSettings.builder().build()).loadFromString(rules.substring(0, rules.indexOf("```")));

        assertThat(read.toString()).contains("alert=OrdersWait", "alert=InvariantViolated", "alert=BackupOld");
    }

    @Test
    void creates_are_measured_by_their_route_against_their_objective() throws Exception {
        partner.post("/channelManager", "{}").isProblem(400, "validation_failed");

        assertThat(scrapedByPrometheus().lines())
                .anyMatch(line -> line.startsWith("http_server_request_duration_seconds_bucket")
                        && line.contains("http_request_method=\"POST\"")
                        && line.contains("http_route=\"/{tenant}/{environment}/{company}/channelManager\"")
                        && line.contains("le=\"0.3\""))
                .noneMatch(line -> line.contains(Castle.TENANT));
    }

    @Test
    void what_is_counted_is_there_before_it_happens_first() throws Exception {
        assertThat(scrapedByPrometheus())
                .contains(
                        "ocm_orders_settled_total{status=\"Error\"}",
                        "ocm_webhook_attempts_total{outcome=\"gone\"}",
                        "ocm_shed_total{reason=\"database\"}",
                        "ocm_tx_retry_total{sqlstate=\"40001\"}",
                        "ocm_order_settle_seconds_bucket{le=\"5.0\"}",
                        "ocm_order_settle_seconds_bucket{le=\"60.0\"}",
                        "ocm_backup_age_seconds{kind=\"files\"}");
    }

    private static Set<String> matches(String pattern, String text) {
        return Pattern.compile(pattern)
                .matcher(text)
                .results()
                .map(found -> found.group(1))
                .collect(Collectors.toSet());
    }

    /** As it comes from the management port. */
    private static String scrapedByPrometheus() throws Exception {
        String port = TestServer.running().bean(Environment.class).getRequiredProperty("local.management.port");
        URI address = URI.create("http://127.0.0.1:" + port + "/actuator/prometheus");
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofString())
                    .body();
        }
    }

    private static double value(String series) {
        return scraped()
                .lines()
                .filter(line -> line.startsWith(series + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(series.length() + 1)))
                .findFirst()
                .orElse(0);
    }

    private static String scraped() {
        return TestServer.running().bean(PrometheusMeterRegistry.class).scrape();
    }
}
