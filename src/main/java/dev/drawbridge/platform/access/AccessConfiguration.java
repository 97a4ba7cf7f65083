package dev.drawbridge.platform.access;

import java.nio.charset.StandardCharsets;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What keys the hashes of API keys and page keys. */
@Configuration(proxyBeanMethods = false)
class AccessConfiguration {

    @Bean
    KeyedHash keyedHash(@Value("${drawbridge.secret:until the server's secret is there}") String secret) {
        return new KeyedHash(secret.getBytes(StandardCharsets.UTF_8));
    }
}
