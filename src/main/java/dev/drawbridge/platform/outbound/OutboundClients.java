package dev.drawbridge.platform.outbound;

import dev.drawbridge.platform.outbound.OutboundPost.Limits;
import javax.net.ssl.SSLContext;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/** The HTTP client with everything off that would let the other side decide what we do next. */
final class OutboundClients {

    /** Who sends is who bounds how many at once; the client itself never waits for a connection. */
    private static final int CONNECTIONS_MAX = 10_000;

    private static final int HEADERS_MAX = 100;
    private static final int HEADER_LENGTH_MAX = 8_192;

    private OutboundClients() {}

    /** @param trust whom to trust; null: whom Java trusts */
    static CloseableHttpClient make(CheckedResolver resolver, Limits limits, @Nullable SSLContext trust) {
        var connections = PoolingHttpClientConnectionManagerBuilder.create()
                .setDnsResolver(resolver)
                .setMaxConnTotal(CONNECTIONS_MAX)
                .setMaxConnPerRoute(CONNECTIONS_MAX)
                .setDefaultConnectionConfig(ConnectionConfig.custom()
                        .setConnectTimeout(Timeout.of(limits.connect()))
                        .setSocketTimeout(Timeout.of(limits.total()))
                        .build())
                .setConnectionFactory(ManagedHttpClientConnectionFactory.builder()
                        .http1Config(Http1Config.custom()
                                .setMaxHeaderCount(HEADERS_MAX)
                                .setMaxLineLength(HEADER_LENGTH_MAX)
                                .build())
                        .build());
        if (trust != null) {
            connections.setTlsSocketStrategy(new DefaultClientTlsStrategy(trust));
        }
        return HttpClients.custom()
                .setConnectionManager(connections.build())
                .setConnectionReuseStrategy((request, response, context) -> false)
                .setDefaultRequestConfig(RequestConfig.custom()
                        .setResponseTimeout(Timeout.of(limits.total()))
                        .setProtocolUpgradeEnabled(false)
                        .setAuthenticationEnabled(false)
                        .build())
                .disableRedirectHandling()
                .disableAutomaticRetries()
                .disableCookieManagement()
                .disableContentCompression()
                .disableAuthCaching()
                .setUserAgent("Drawbridge")
                .build();
    }
}
