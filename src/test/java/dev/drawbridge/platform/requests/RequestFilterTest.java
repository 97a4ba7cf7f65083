package dev.drawbridge.platform.requests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.fixtures.TestServer;
import dev.drawbridge.platform.server.ServerSettings;
import dev.drawbridge.platform.web.JsonAnswers;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

class RequestFilterTest {

    private final TestServer server = TestServer.running();
    private final RequestFilter oneAtATime = new RequestFilter(
            1,
            server.bean(ServerSettings.class),
            server.bean(JsonAnswers.class),
            server.bean(Failures.class),
            new SimpleMeterRegistry());

    @Test
    void more_requests_than_may_run_at_once_are_told_to_come_back() throws Exception {
        var begun = new CountDownLatch(1);
        var goOn = new CountDownLatch(1);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var first = threads.submit(() -> answer("/a", () -> {
                begun.countDown();
                goOn.await();
            }));
            begun.await();

            MockHttpServletResponse second = answer("/b", () -> {});
            MockHttpServletResponse health = answer("/LivEz", () -> {});
            goOn.countDown();

            assertThat(second.getStatus()).isEqualTo(503);
            assertThat(second.getContentAsString()).contains("\"overloaded\"");
            assertThat(Integer.parseInt(second.getHeader("Retry-After"))).isBetween(1, 3);
            assertThat(health.getStatus()).isEqualTo(200);
            assertThat(first.get().getStatus()).isEqualTo(200);
            assertThat(answer("/c", () -> {}).getStatus()).isEqualTo(200);
        }
    }

    private interface Work {
        void run() throws InterruptedException;
    }

    private MockHttpServletResponse answer(String path, Work work) throws Exception {
        var response = new MockHttpServletResponse();
        oneAtATime.doFilter(new MockHttpServletRequest("GET", path), response, (request, answered) -> {
            try {
                work.run();
            } catch (InterruptedException interrupted) {
                throw new IllegalStateException(interrupted);
            }
        });
        return response;
    }
}
