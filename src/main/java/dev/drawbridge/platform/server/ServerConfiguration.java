package dev.drawbridge.platform.server;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.server.observation.OpenTelemetryServerRequestObservationConvention;
import org.springframework.http.server.observation.ServerRequestObservationConvention;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ServerSettings.class)
class ServerConfiguration {

    /** Requests are measured under the names of OpenTelemetry, which dashboards know. */
    @Bean
    ServerRequestObservationConvention requestMetrics() {
        return new OpenTelemetryServerRequestObservationConvention();
    }

    @Bean
    ServerSecret serverSecret(
            ServerSettings settings,
            @Value("${drawbridge.secret}") String given,
            @Value("${drawbridge.database.url}") String externalDatabase) {
        if (!given.isBlank()) {
            return ServerSecret.given(given);
        }
        if (!externalDatabase.isBlank()) {
            throw new StartRefused("With DRAWBRIDGE_DATABASE_URL every node needs the same DRAWBRIDGE_SECRET;"
                    + " set it to 32 or more random characters.");
        }
        return ServerSecret.keptIn(PrivateFiles.directory(settings.data()).resolve("secret"));
    }
}
