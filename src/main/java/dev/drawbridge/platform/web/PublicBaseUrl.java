package dev.drawbridge.platform.web;

import java.net.URI;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.web.server.context.WebServerInitializedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Where the server is reached from outside, without a trailing slash; what every URL in an answer begins with. */
@Component
public class PublicBaseUrl {

    private volatile String value;
    private final boolean given;

    PublicBaseUrl(
            @Value("${drawbridge.public-base-url:}") String configured, @Value("${server.port:8080}") String port) {
        this.given = !configured.isBlank();
        this.value = given ? checked(configured.strip()) : local(port);
    }

    public String value() {
        return value;
    }

    /** The port is known only now where any free one was asked for. */
    @EventListener
    void onStart(WebServerInitializedEvent started) {
        boolean management = "management".equals(started.getApplicationContext().getServerNamespace());
        if (!given && !management) {
            value = local(String.valueOf(started.getWebServer().getPort()));
        }
    }

    private static String local(String port) {
        return "http://localhost:" + port;
    }

    private static String checked(String configured) {
        URI uri = URI.create(configured);
        boolean usable = ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))
                && uri.getHost() != null
                && uri.getRawQuery() == null
                && uri.getRawFragment() == null;
        if (!usable) {
            throw new IllegalStateException(
                    "DRAWBRIDGE_PUBLIC_BASE_URL must be an http or https URL without query, such as https://tickets.example.com");
        }
        return configured.endsWith("/") ? configured.substring(0, configured.length() - 1) : configured;
    }
}
