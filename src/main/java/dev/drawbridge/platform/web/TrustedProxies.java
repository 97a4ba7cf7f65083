package dev.drawbridge.platform.web;

import dev.drawbridge.platform.server.StartRefused;
import java.net.InetAddress;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.catalina.valves.RemoteIpValve;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.stereotype.Component;

/** The proxies whose {@code X-Forwarded-For} is believed, by their exact addresses; nobody else's is. */
@Component
class TrustedProxies implements WebServerFactoryCustomizer<TomcatServletWebServerFactory> {

    private final List<String> addresses;

    /** @param given addresses of IPv4 or IPv6, separated by commas; may be empty */
    TrustedProxies(@Value("${drawbridge.trusted-proxies}") String given) {
        this.addresses = Stream.of(given.split(",", -1))
                .map(String::strip)
                .filter(address -> !address.isEmpty())
                .map(TrustedProxies::asTomcatWritesIt)
                .toList();
    }

    @Override
    public void customize(TomcatServletWebServerFactory factory) {
        if (!addresses.isEmpty()) {
            var valve = new RemoteIpValve();
            valve.setInternalProxies(addresses.stream().map(Pattern::quote).collect(Collectors.joining("|")));
            factory.addEngineValves(valve);
        }
    }

    private static String asTomcatWritesIt(String address) {
        try {
            return InetAddress.ofLiteral(address).getHostAddress();
        } catch (IllegalArgumentException noAddress) {
            throw new StartRefused(
                    "DRAWBRIDGE_TRUSTED_PROXIES has '" + address
                            + "', which is no IP address; list addresses, separated by commas.",
                    noAddress);
        }
    }
}
