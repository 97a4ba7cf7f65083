package dev.drawbridge.platform.requests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drawbridge.fixtures.OpenApiContract;
import dev.drawbridge.fixtures.RowLock;
import dev.drawbridge.fixtures.TestServer;
import dev.drawbridge.platform.web.JsonAnswers;
import dev.drawbridge.platform.web.Problem;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.support.StaticApplicationContext;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

class HealthControllerTest {

    private static final ContextClosedEvent STOPPING = new ContextClosedEvent(new StaticApplicationContext());
    private static final Duration AT_ONCE = Duration.ZERO;
    private static final HealthIndicator WELL = () -> Health.up().build();
    private static final HealthIndicator ILL =
            () -> Health.down().withDetail("reason", "The database sleeps.").build();

    @Test
    void a_database_that_is_not_well_makes_the_server_not_ready_and_the_answer_says_why() throws IOException {
        MockHttpServletResponse answer = refused(new HealthController(ILL, AT_ONCE));

        assertThat(answer.getStatus()).isEqualTo(503);
        assertThat(answer.getHeader("Retry-After")).isEqualTo("1");
        assertThat(answer.getContentAsString()).contains("\"overloaded\"", "\"The database sleeps.\"");
        OpenApiContract.check("GET", "/readyz", 503, answer.getContentAsByteArray());
    }

    @Test
    void a_server_that_is_stopping_is_live_and_not_ready() throws IOException {
        var health = new HealthController(WELL, AT_ONCE);
        assertThat(health.ready().status().value()).isEqualTo(200);

        health.onStop(STOPPING);

        assertThat(refused(health).getContentAsString()).contains("is stopping");
        assertThat(health.live().status().value()).isEqualTo(200);
    }

    @Test
    void a_stop_goes_on_once_a_balancer_has_had_time_to_see_it() throws Exception {
        var health = new HealthController(WELL, Duration.ofDays(1));
        Thread stop = Thread.ofPlatform().start(() -> health.onStop(STOPPING));
        RowLock.await(() -> stop.getState() == Thread.State.TIMED_WAITING);

        assertThat(refused(health).getContentAsString()).contains("is stopping");
        health.onStop(STOPPING);
        assertThat(stop.isAlive()).as("a second context closes at once").isTrue();
        stop.interrupt();
        stop.join();
    }

    @Test
    void whether_the_process_lives_is_never_asked_of_the_database() {
        HealthIndicator untouchable = () -> {
            throw new IllegalStateException("asked");
        };

        assertThat(new HealthController(untouchable, AT_ONCE).live().status().value())
                .isEqualTo(200);
        assertThatThrownBy(() -> new HealthController(untouchable, AT_ONCE).ready())
                .hasMessage("asked");
    }

    private static MockHttpServletResponse refused(HealthController health) throws IOException {
        var response = new MockHttpServletResponse();
        try {
            health.ready();
        } catch (Problem problem) {
            TestServer.running()
                    .bean(JsonAnswers.class)
                    .write(new MockHttpServletRequest("GET", "/readyz"), response, problem);
        }
        return response;
    }
}
