package dev.drawbridge.platform.outbound;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.drawbridge.platform.outbound.OutboundAnswer.Answered;
import dev.drawbridge.platform.outbound.OutboundAnswer.Reason;
import dev.drawbridge.platform.outbound.OutboundAnswer.Unanswered;
import dev.drawbridge.platform.outbound.OutboundPost.Limits;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Map;
import java.util.Objects;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Over TLS, the host of the address must prove that it is that host, whatever address we connect to. */
class OutboundTrustTest {

    private static final char[] PASSWORD = "changeit".toCharArray();
    private static final Limits LIMITS = Limits.USUAL;

    @TempDir
    private Path directory = Path.of("");

    private @Nullable HttpsServer server;
    private @Nullable SSLContext ownTrust;

    @BeforeEach
    void start() throws Exception {
        Path file = directory.resolve("keys.p12");
        String keytool =
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        int made = new ProcessBuilder(
                        keytool,
                        "-genkeypair",
                        "-alias",
                        "server",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=partner.example",
                        "-ext",
                        "san=dns:partner.example",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        file.toString(),
                        "-storepass",
                        new String(PASSWORD))
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("keytool.log").toFile())
                .start()
                .waitFor();
        assertThat(made).isZero();
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream bytes = Files.newInputStream(file)) {
            keys.load(bytes, PASSWORD);
        }
        var keyManagers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keyManagers.init(keys, PASSWORD);
        var trustManagers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("server", keys.getCertificate("server"));
        trustManagers.init(trusted);
        SSLContext own = SSLContext.getInstance("TLS");
        own.init(keyManagers.getKeyManagers(), trustManagers.getTrustManagers(), null);
        HttpsServer started = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        started.setHttpsConfigurator(new HttpsConfigurator(own));
        started.createContext("/", exchange -> {
            try (exchange) {
                exchange.sendResponseHeaders(204, -1);
            }
        });
        started.start();
        server = started;
        ownTrust = own;
    }

    @AfterEach
    void stop() {
        if (server != null) {
            server.stop(0);
        }
    }

    @Test
    void a_host_that_proves_its_name_is_sent_to() throws Exception {
        assertThat(send("partner.example", ownTrust)).isInstanceOf(Answered.class);
    }

    @Test
    void a_certificate_of_another_name_is_not_good_enough() throws Exception {
        assertThat(send("other.example", ownTrust))
                .isInstanceOfSatisfying(
                        Unanswered.class, answer -> assertThat(answer.reason()).isEqualTo(Reason.NO_TRUST));
    }

    @Test
    void nor_is_one_that_nobody_vouches_for() throws Exception {
        assertThat(send("partner.example", null))
                .isInstanceOfSatisfying(
                        Unanswered.class, answer -> assertThat(answer.reason()).isEqualTo(Reason.NO_TRUST));
    }

    private OutboundAnswer send(String host, @Nullable SSLContext trust) throws Exception {
        try (var targets = new OutboundTargets(new AllowedHosts(host), OutboundTargetsTest.settings(), name ->
                        new InetAddress[] {InetAddress.getLoopbackAddress()});
                var post =
                        new OutboundPost(OutboundClients.make(new CheckedResolver(targets), LIMITS, trust), LIMITS)) {
            int port = Objects.requireNonNull(server).getAddress().getPort();
            return post.send(URI.create("https://" + host + ":" + port + "/"), Map.of(), new byte[0]);
        }
    }
}
