package dev.drawbridge.platform.web;

import dev.drawbridge.platform.server.ServerSettings;
import org.springframework.stereotype.Component;

/** Where the server is reached from outside, without a trailing slash; what every URL in an answer begins with. */
@Component
public class PublicBaseUrl {

    private final String value;

    PublicBaseUrl(ServerSettings settings) {
        this.value = settings.publicBaseUrl().toString();
    }

    public String value() {
        return value;
    }
}
