package dev.drawbridge.platform.web;

import java.time.Duration;
import org.apache.catalina.Valve;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.core.StandardHost;
import org.apache.catalina.valves.ErrorReportValve;
import org.apache.coyote.http11.AbstractHttp11Protocol;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/** What Tomcat accepts at all, and that its own errors look like ours. */
@Component
@Order(Ordered.LOWEST_PRECEDENCE)
class TomcatLimits implements WebServerFactoryCustomizer<TomcatServletWebServerFactory> {

    /** More than RequestFilter lets pass: what is a little too long is told in a code of its own. */
    private static final int HEADER_BYTES_MAX = 64 * 1024;

    private static final int HEADERS_MAX = 1_000;
    private static final int CONNECTIONS_MAX = 4_096;
    private static final Duration SILENCE_MAX = Duration.ofSeconds(10);
    private static final Duration IDLE_MAX = Duration.ofSeconds(60);

    private static final int REQUESTS_PER_CONNECTION_MAX = 10_000;

    /** Of a body that was refused so much is read, so that its sender sees the answer; a longer one is cut off. */
    private static final int SWALLOWED_BYTES_MAX = 4 * 1024 * 1024;

    private final JsonAnswers answers;

    TomcatLimits(JsonAnswers answers) {
        this.answers = answers;
    }

    @Override
    public void customize(TomcatServletWebServerFactory factory) {
        factory.addConnectorCustomizers(TomcatLimits::limit);
        factory.addContextCustomizers(context -> {
            if (context.getParent() instanceof StandardHost host) {
                reportErrors(host);
            }
        });
    }

    private static void limit(Connector connector) {
        // RequestFilter judges these, with our error body
        connector.setAllowTrace(true);
        connector.setEncodedSolidusHandling("passthrough");
        connector.setEncodedReverseSolidusHandling("passthrough");
        if (connector.getProtocolHandler() instanceof AbstractHttp11Protocol<?> http) {
            http.setMaxHttpRequestHeaderSize(HEADER_BYTES_MAX);
            http.setMaxHeaderCount(HEADERS_MAX);
            http.setMaxConnections(CONNECTIONS_MAX);
            http.setConnectionTimeout((int) SILENCE_MAX.toMillis());
            http.setKeepAliveTimeout((int) IDLE_MAX.toMillis());
            http.setMaxKeepAliveRequests(REQUESTS_PER_CONNECTION_MAX);
            http.setMaxSwallowSize(SWALLOWED_BYTES_MAX);
            // 100 Continue only when a handler begins to read: a body that is refused is never sent
            http.setContinueResponseTiming("onRead");
        }
    }

    private void reportErrors(StandardHost host) {
        for (Valve valve : host.getPipeline().getValves()) {
            if (valve instanceof ErrorReportValve) {
                host.getPipeline().removeValve(valve);
            }
        }
        host.setErrorReportValveClass("");
        host.getPipeline().addValve(new ContainerErrors(answers));
    }
}
