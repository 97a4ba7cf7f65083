package dev.drawbridge.platform.server;

import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What the person said who started the server.
 *
 * @param data where everything lives that must survive a restart; absolute
 * @param port of the API, on which it listens
 * @param demo whether the demo company is loaded and its credentials are written
 * @param setup a setup document to load at the start
 * @param publicBaseUrl how the outside reaches us, without a slash at its end; links in answers begin with it
 */
@ConfigurationProperties(prefix = "drawbridge.server", ignoreUnknownFields = false)
public record ServerSettings(
        @DefaultValue("./data") Path data,
        @DefaultValue("8080") int port,
        boolean demo,
        @Nullable Path setup,
        @DefaultValue("http://localhost:8080") URI publicBaseUrl) {

    public ServerSettings {
        data = data.toAbsolutePath().normalize();
        String address = publicBaseUrl.toString();
        if (publicBaseUrl.getHost() == null || !address.matches("https?://.*")) {
            throw new StartRefused(
                    "DRAWBRIDGE_PUBLIC_BASE_URL is '" + address + "', which is no http or https address.");
        }
        publicBaseUrl = URI.create(address.replaceFirst("/+$", ""));
    }

    /** The setup document to load at the start, where one was named. */
    public Optional<Path> setupFile() {
        return Optional.ofNullable(setup);
    }
}
