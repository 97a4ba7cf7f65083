package dev.drawbridge.platform.outbound;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.platform.server.ServerSettings;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OutboundTargetsTest {

    private static final Map<String, String[]> NAMES = Map.of(
            "partner.example", new String[] {"1.1.1.1", "2606:4700::1111"},
            "inside.example", new String[] {"10.0.0.5"},
            "both.example", new String[] {"1.1.1.1", "127.0.0.1"},
            "crowd.example", new String[] {"1.1.1.1", "1.0.0.1", "8.8.8.8", "9.9.9.9"},
            "allowed.example", new String[] {"10.9.9.9"});

    private final OutboundTargets targets = targets("");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://partner.example",
                "https://partner.example/hooks?a=b%20c",
                "https://partner.example:443/",
                "https://partner.example:8443/",
                "HTTPS://Partner.Example/",
                "https://1.1.1.1/",
                "https://[2606:4700::1]/"
            })
    void a_public_https_address_is_fine(String url) {
        assertThat(targets.refusalOf(url)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "http://partner.example/, NOT_HTTPS",
        "ftp://partner.example/, NOT_HTTPS",
        "gopher://partner.example/, NOT_HTTPS",
        "file:///etc/passwd, NO_URL",
        "javascript:alert(1), NO_URL",
        "partner.example/hooks, NO_URL",
        "//partner.example/hooks, NO_URL",
        "https:///hooks, NO_URL",
        "https://, NO_URL",
        "'https://partner.example/a b', NO_URL",
        "https://2130706433/, NO_URL",
        "https://127.1/, NO_URL",
        "https://[fe80::1%25eth0]/, NO_URL",
        "https://partner.example:99999/, NO_URL",
        "https://user@partner.example/, HAS_USER",
        "https://user:pass@partner.example/, HAS_USER",
        "https://partner.example/#fragment, HAS_FRAGMENT",
        "https://partner.example:22/, PORT",
        "https://partner.example:80/, PORT",
        "https://partner.example:1023/, PORT",
        "https://drawbridge.example/hooks, OWN_HOST",
        "https://DRAWBRIDGE.example./hooks, OWN_HOST",
        "https://drawbridge.example:8443/hooks, OWN_HOST",
    })
    void anything_else_is_refused(String url, TargetRefusal refusal) {
        assertThat(targets.refusalOf(url)).contains(refusal);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "[::1]",
                "[::ffff:127.0.0.1]",
                "10.1.2.3",
                "169.254.169.254",
                "0.0.0.0",
                "[64:ff9b::7f00:1]",
                "inside.example",
                "INSIDE.example",
                "inside.example.",
                "both.example"
            })
    void a_host_is_refused_when_any_of_its_addresses_is_not_public(String host) {
        assertThat(targets.refusalOf("https://" + host + "/")).isEmpty();
        assertThat(targets.refusalOfHost(host)).contains(TargetRefusal.NOT_PUBLIC);
    }

    @Test
    void the_systems_own_resolver_knows_localhost() {
        var real = new OutboundTargets(new AllowedHosts(""), settings());
        assertThat(real.refusalOfHost("localhost")).contains(TargetRefusal.NOT_PUBLIC);
    }

    @ParameterizedTest
    @ValueSource(strings = {"partner.example", "1.1.1.1", "nobody.example"})
    void a_public_host_and_one_that_nobody_knows_yet_are_not_refused(String host) {
        assertThat(targets.refusalOfHost(host)).isEmpty();
    }

    @Test
    void the_operator_may_allow_names_and_addresses_and_then_without_tls_and_on_any_port() {
        OutboundTargets lifted = targets(" Allowed.example , 10.0.0.5,[::1],, ");

        assertThat(lifted.refusalOf("http://allowed.example/")).isEmpty();
        assertThat(lifted.refusalOf("http://allowed.example:22/")).isEmpty();
        assertThat(lifted.refusalOfHost("allowed.example")).isEmpty();
        assertThat(lifted.refusalOf("http://10.0.0.5:8080/")).isEmpty();
        assertThat(lifted.refusalOfHost("10.0.0.5")).isEmpty();
        assertThat(lifted.refusalOf("http://[::1]/")).isEmpty();
        assertThat(lifted.refusalOfHost("[::1]")).isEmpty();
        assertThat(lifted.refusalOfHost("inside.example"))
                .as("leads to an address that is allowed")
                .isEmpty();
        assertThat(lifted.refusalOf("http://inside.example/")).contains(TargetRefusal.NOT_HTTPS);
        assertThat(lifted.refusalOfHost("both.example")).contains(TargetRefusal.NOT_PUBLIC);
        assertThat(lifted.refusalOf("ftp://allowed.example/")).contains(TargetRefusal.NOT_HTTPS);
    }

    @Test
    void of_many_addresses_a_connection_is_tried_to_two() throws UnknownHostException {
        var resolver = new CheckedResolver(targets);

        assertThat(resolver.resolve("crowd.example")).hasSize(2);
    }

    @Test
    void even_on_an_allowed_host_our_own_port_is_ours() {
        OutboundTargets lifted = targets("drawbridge.example");

        assertThat(lifted.refusalOf("https://drawbridge.example/")).contains(TargetRefusal.OWN_HOST);
        assertThat(lifted.refusalOf("https://drawbridge.example:9443/")).isEmpty();
    }

    static OutboundTargets targets(String allowed) {
        return new OutboundTargets(new AllowedHosts(allowed), settings(), OutboundTargetsTest::resolve);
    }

    static ServerSettings settings() {
        return new ServerSettings(Path.of("target"), 8080, false, null, URI.create("https://drawbridge.example"));
    }

    private static InetAddress[] resolve(String host) throws UnknownHostException {
        String[] addresses = NAMES.get(host);
        if (addresses != null) {
            return Arrays.stream(addresses).map(InetAddress::ofLiteral).toArray(InetAddress[]::new);
        }
        try {
            return new InetAddress[] {InetAddress.ofLiteral(host)};
        } catch (IllegalArgumentException name) {
            throw new UnknownHostException(host);
        }
    }
}
