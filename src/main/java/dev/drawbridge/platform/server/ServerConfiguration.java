package dev.drawbridge.platform.server;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ServerSettings.class)
class ServerConfiguration {

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
