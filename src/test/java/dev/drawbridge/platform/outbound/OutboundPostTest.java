package dev.drawbridge.platform.outbound;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.fixtures.Receiver;
import dev.drawbridge.platform.outbound.OutboundAnswer.Answered;
import dev.drawbridge.platform.outbound.OutboundAnswer.Reason;
import dev.drawbridge.platform.outbound.OutboundAnswer.Unanswered;
import dev.drawbridge.platform.outbound.OutboundPost.Limits;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class OutboundPostTest {

    private static final Limits SHORT = new Limits(Duration.ofMillis(500), Duration.ofSeconds(1));
    private static final String HOST = "partner.example";

    /** What a raw server does with a connection once the request has come. */
    private interface Answering {
        void answer(OutputStream out) throws IOException;
    }

    @RegisterExtension
    final Receiver receiver = new Receiver();

    private final List<AutoCloseable> opened = new ArrayList<>();

    @AfterEach
    void closeAll() throws Exception {
        for (AutoCloseable each : opened) {
            each.close();
        }
    }

    @Test
    void the_status_of_an_answer_is_read_and_the_body_does_not_matter() {
        receiver.answer(201);
        assertThat(send(receiver.port())).isInstanceOfSatisfying(Answered.class, answered -> {
            assertThat(answered.status()).isEqualTo(201);
            assertThat(answered.retryAfter()).isEmpty();
        });
        assertThat(receiver.received().getFirst().header("connection")).isNotEqualToIgnoringCase("upgrade");
        assertThat(receiver.received().getFirst().header("host")).isEqualTo(HOST + ":" + receiver.port());
    }

    @Test
    void an_answer_without_end_is_cut_off() {
        int port = raw(out -> {
            out.write(ascii("HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\n"));
            while (true) {
                out.write(ascii("for ever and ever "));
            }
        });
        assertThat(send(port)).isInstanceOfSatisfying(Answered.class, answered -> assertThat(answered.status())
                .isEqualTo(200));
    }

    @Test
    void headers_without_end_are_no_answer() {
        int port = raw(out -> {
            out.write(ascii("HTTP/1.1 200 OK\r\n"));
            while (true) {
                out.write(ascii("X-More: yes\r\n"));
            }
        });
        assertThat(reason(send(port))).isEqualTo(Reason.BROKEN);
    }

    @Test
    void an_answer_that_does_not_come_in_time_is_none() throws Exception {
        var never = new CountDownLatch(1);
        int port = raw(out -> await(never));
        assertThat(reason(send(port))).isEqualTo(Reason.TIMED_OUT);
        never.countDown();
    }

    @Test
    void an_answer_that_trickles_in_has_no_more_time_than_another() {
        int port = raw(out -> {
            byte[] slow = ascii("HTTP/1.1 200 OK\r\nX-Slow: " + "y".repeat(5_000));
            for (byte each : slow) {
                out.write(each);
                out.flush();
                LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
            }
        });
        OutboundAnswer answer = send(port);
        assertThat(reason(answer)).isEqualTo(Reason.TIMED_OUT);
        assertThat(answer.latency()).isBetween(Duration.ofMillis(900), Duration.ofSeconds(4));
    }

    @Test
    void nobody_there_and_no_http_are_told_apart() throws Exception {
        int free;
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            free = socket.getLocalPort();
        }
        assertThat(reason(send(free))).isEqualTo(Reason.NOT_CONNECTED);
        assertThat(reason(send(raw(out -> out.write(ascii("SSH-2.0-OpenSSH_9.9\r\n"))))))
                .isEqualTo(Reason.BROKEN);
        assertThat(reason(send(raw(OutputStream::close)))).isEqualTo(Reason.BROKEN);
    }

    @Test
    void a_name_that_leads_inside_later_is_refused_then_and_nothing_is_sent() {
        var asked = new AtomicInteger();
        OutboundTargets targets = new OutboundTargets(new AllowedHosts(""), OutboundTargetsTest.settings(), host ->
                new InetAddress[] {InetAddress.ofLiteral(asked.incrementAndGet() == 1 ? "1.1.1.1" : "127.0.0.1")});
        opened.add(targets);
        assertThat(targets.refusalOfHost(HOST)).isEmpty();

        assertThat(reason(post(targets).send(uri(receiver.port()), Map.of(), new byte[0])))
                .isEqualTo(Reason.ADDRESS_REFUSED);
        assertThat(receiver.received()).isEmpty();
    }

    @Test
    void a_name_is_looked_up_once_for_each_attempt_and_the_checked_address_is_used() {
        var asked = new AtomicInteger();
        OutboundTargets targets = new OutboundTargets(new AllowedHosts(HOST), OutboundTargetsTest.settings(), host -> {
            asked.incrementAndGet();
            return new InetAddress[] {InetAddress.getLoopbackAddress()};
        });
        opened.add(targets);
        OutboundPost post = post(targets);
        for (int attempt = 1; attempt <= 3; attempt++) {
            assertThat(post.send(uri(receiver.port()), Map.of(), new byte[0])).isInstanceOf(Answered.class);
            assertThat(asked).hasValue(attempt);
        }
    }

    @Test
    void a_name_that_nobody_knows_is_told() {
        assertThat(reason(post(OutboundTargetsTest.targets(""))
                        .send(URI.create("https://nobody.example/"), Map.of(), new byte[0])))
                .isEqualTo(Reason.UNKNOWN_HOST);
    }

    @Test
    void a_thread_that_is_interrupted_says_so() throws Exception {
        var began = new CountDownLatch(1);
        var never = new CountDownLatch(1);
        int port = raw(out -> {
            began.countDown();
            await(never);
        });
        OutboundTargets targets = loopback();
        OutboundPost post =
                new OutboundPost(OutboundClients.make(new CheckedResolver(targets), Limits.USUAL, null), Limits.USUAL);
        opened.add(post);
        var answers = new ArrayList<OutboundAnswer>();
        Thread thread = Thread.ofVirtual().start(() -> answers.add(post.send(uri(port), Map.of(), new byte[0])));
        began.await();
        thread.interrupt();
        thread.join();
        never.countDown();

        assertThat(reason(answers.getFirst())).isEqualTo(Reason.STOPPED);
    }

    private OutboundAnswer send(int port) {
        return post(loopback()).send(uri(port), Map.of("x-test", "1"), ascii("{}"));
    }

    private OutboundTargets loopback() {
        var targets = new OutboundTargets(new AllowedHosts(HOST), OutboundTargetsTest.settings(), host ->
                new InetAddress[] {InetAddress.getLoopbackAddress()});
        opened.add(targets);
        return targets;
    }

    private OutboundPost post(OutboundTargets targets) {
        var post = new OutboundPost(OutboundClients.make(new CheckedResolver(targets), SHORT, null), SHORT);
        opened.add(post);
        return post;
    }

    private int raw(Answering answering) {
        try {
            var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
            opened.add(server);
            Thread.ofVirtual().start(() -> {
                try (Socket connection = server.accept()) {
                    connection.getInputStream().read(new byte[16_384]);
                    answering.answer(connection.getOutputStream());
                } catch (IOException closed) {
                    // the client has had enough
                }
            });
            return server.getLocalPort();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static URI uri(int port) {
        return URI.create("http://" + HOST + ":" + port + "/hooks");
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static Reason reason(OutboundAnswer answer) {
        assertThat(answer).isInstanceOf(Unanswered.class);
        return ((Unanswered) answer).reason();
    }
}
