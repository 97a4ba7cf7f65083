package dev.drawbridge.faults.load;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.drawbridge.faults.cluster.Ports;
import dev.drawbridge.faults.cluster.TcpProxy;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Collection;
import java.util.HexFormat;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A partner's end of a webhook, of some conduct; keeps every delivery that reached it, whatever it answered. */
final class Receiver implements AutoCloseable {

    private static final int SLOW_MILLIS_MAX = 20_000;
    private static final long DOWN_PERIOD_NANOS = 20_000_000_000L;

    enum Conduct {
        HEALTHY(true),
        SLOW(true),
        SOMETIMES_FAILING(true),
        BREAKING_OFF(true),
        SOMETIMES_DOWN(true),
        ALWAYS_BUSY(false),
        GONE(false);

        private final boolean live;

        Conduct(boolean live) {
            this.live = live;
        }

        /** Whether it takes an event sooner or later. */
        boolean live() {
            return live;
        }
    }

    /** One delivery as it came. */
    record Receipt(
            String delivery,
            String eventId,
            String orderId,
            int sequence,
            String bodySha256,
            boolean signed,
            int answered,
            long atNanos) {}

    private final Conduct conduct;
    private final HttpServer server;
    private final TcpProxy proxy;
    private final Collection<Receipt> receipts = new ConcurrentLinkedQueue<>();
    private volatile byte[] secret = {};
    private volatile boolean faulty = true;

    Receiver(Conduct conduct) throws IOException {
        this.conduct = conduct;
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), Ports.free()), 128);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::receive);
        server.start();
        this.proxy = TcpProxy.toHttp(server.getAddress().getPort());
    }

    Conduct conduct() {
        return conduct;
    }

    TcpProxy proxy() {
        return proxy;
    }

    String url() {
        return "http://127.0.0.1:" + proxy.port() + "/events";
    }

    void signedWith(String standardSecret) {
        secret = Base64.getDecoder().decode(standardSecret.substring("whsec_".length()));
    }

    /** From now on whoever is live answers at once and well. */
    void recover() {
        faulty = false;
    }

    Collection<Receipt> receipts() {
        return receipts;
    }

    private void receive(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            int status = status();
            JsonNode event = JsonMapper.shared().readTree(body).path("values").path(0);
            receipts.add(new Receipt(
                    header(exchange, "webhook-id"),
                    event.path("eventId").asString(""),
                    event.path("payload").path("orderId").asString(""),
                    event.path("sequence").asInt(0),
                    HexFormat.of().formatHex(sha256(body)),
                    signed(exchange, body),
                    Math.max(status, 0),
                    System.nanoTime()));
            answer(exchange, status);
        }
    }

    /** What to answer; -1: nothing at all. */
    private int status() {
        var random = ThreadLocalRandom.current();
        return switch (conduct) {
            case ALWAYS_BUSY -> 503;
            case GONE -> 410;
            case HEALTHY, SLOW -> 204;
            case SOMETIMES_FAILING -> faulty && random.nextInt(5) == 0 ? 500 : 200;
            case BREAKING_OFF -> faulty && random.nextInt(3) == 0 ? -1 : 200;
            case SOMETIMES_DOWN -> faulty && System.nanoTime() / DOWN_PERIOD_NANOS % 3 == 0 ? -1 : 200;
        };
    }

    private void answer(HttpExchange exchange, int status) throws IOException {
        if (conduct == Conduct.SLOW && faulty) {
            pause(ThreadLocalRandom.current().nextInt(SLOW_MILLIS_MAX));
        }
        if (status < 0) {
            return;
        }
        if (status == 503) {
            exchange.getResponseHeaders().add("Retry-After", "1");
        }
        exchange.sendResponseHeaders(status, -1);
    }

    private boolean signed(HttpExchange exchange, byte[] body) {
        try {
            String content = header(exchange, "webhook-id") + "." + header(exchange, "webhook-timestamp") + ".";
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret, "HmacSHA256"));
            mac.update(content.getBytes(StandardCharsets.UTF_8));
            String expected = "v1," + Base64.getEncoder().encodeToString(mac.doFinal(body));
            for (String signature : header(exchange, "webhook-signature").split(" ")) {
                if (MessageDigest.isEqual(
                        expected.getBytes(StandardCharsets.UTF_8), signature.getBytes(StandardCharsets.UTF_8))) {
                    return true;
                }
            }
            return false;
        } catch (GeneralSecurityException | IllegalArgumentException failure) {
            return false;
        }
    }

    private static String header(HttpExchange exchange, String name) {
        String value = exchange.getRequestHeaders().getFirst(name);
        return value == null ? "" : value;
    }

    private static byte[] sha256(byte[] body) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(body);
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("Every Java platform has SHA-256", missing);
        }
    }

    private static void pause(int millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() throws IOException {
        server.stop(0);
        proxy.close();
    }
}
