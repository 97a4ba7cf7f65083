package dev.drawbridge.platform.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drawbridge.platform.server.StartRefused;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.Test;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServer;

class TrustedProxiesTest {

    @Test
    void nobodys_forwarded_address_is_believed_unless_it_is_said() throws Exception {
        assertThat(senderSeenWith("")).isEqualTo("127.0.0.1");
        assertThat(senderSeenWith("10.0.0.1")).isEqualTo("127.0.0.1");
    }

    @Test
    void a_trusted_proxy_says_who_sent_the_request() throws Exception {
        assertThat(senderSeenWith("::1, 127.0.0.1")).isEqualTo("203.0.113.9");
    }

    @Test
    void what_is_no_address_ends_the_start() {
        assertThatThrownBy(() -> new TrustedProxies("10.0.0.1,proxy.example"))
                .isInstanceOf(StartRefused.class)
                .hasMessageContaining("DRAWBRIDGE_TRUSTED_PROXIES has 'proxy.example'");
    }

    private static String senderSeenWith(String trusted) throws IOException, InterruptedException {
        var factory = new TomcatServletWebServerFactory(0);
        new TrustedProxies(trusted).customize(factory);
        WebServer server = factory.getWebServer(
                context -> context.addServlet("sender", new Sender()).addMapping("/"));
        server.start();
        try (HttpClient client = HttpClient.newHttpClient()) {
            var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.getPort() + "/"))
                    .header("X-Forwarded-For", "198.51.100.7, 203.0.113.9")
                    .build();
            return client.send(request, BodyHandlers.ofString()).body();
        } finally {
            server.stop();
        }
    }

    /** Answers whom Tomcat takes for the sender. */
    private static final class Sender extends HttpServlet {

        private static final long serialVersionUID = 1;

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
            response.getWriter().print(request.getRemoteAddr());
        }
    }
}
