package dev.drawbridge.platform.outbound;

import dev.drawbridge.platform.outbound.OutboundAnswer.Answered;
import dev.drawbridge.platform.outbound.OutboundAnswer.Reason;
import dev.drawbridge.platform.outbound.OutboundAnswer.Unanswered;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.ssl.SSLException;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/**
 * Sends a POST and reads the status of its answer. Every attempt connects anew, to addresses that were checked at that
 * moment; follows no redirect; and has ended when {@link Limits#total()} is over, whatever the other side does.
 */
@Component
public class OutboundPost implements AutoCloseable {

    /** Bounds of one attempt. */
    record Limits(Duration connect, Duration total) {

        static final Limits USUAL = new Limits(Duration.ofSeconds(5), Duration.ofSeconds(15));
    }

    /** Nothing in an answer's body decides anything; so much of it is read that the sender can finish. */
    private static final int BODY_READ_MAX = 16 * 1_024;

    private final CloseableHttpClient client;
    private final Limits limits;
    private final ScheduledThreadPoolExecutor deadlines;

    @Autowired
    OutboundPost(OutboundTargets targets) {
        this(OutboundClients.make(new CheckedResolver(targets), Limits.USUAL, null), Limits.USUAL);
    }

    OutboundPost(CloseableHttpClient client, Limits limits) {
        this.client = client;
        this.limits = limits;
        this.deadlines = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().daemon().name("outbound-deadlines").factory());
        deadlines.setRemoveOnCancelPolicy(true);
    }

    public OutboundAnswer send(URI target, Map<String, String> headers, byte[] body) {
        var request = new HttpPost(target);
        headers.forEach(request::setHeader);
        request.setEntity(new ByteArrayEntity(body, ContentType.APPLICATION_JSON.withCharset((String) null)));
        long began = System.nanoTime();
        var late = new AtomicBoolean();
        ScheduledFuture<?> deadline = deadlines.schedule(
                () -> {
                    late.set(true);
                    request.cancel();
                },
                limits.total().toMillis(),
                TimeUnit.MILLISECONDS);
        try (ClassicHttpResponse response = client.executeOpen(null, request, null)) {
            var answer = new Answered(response.getCode(), retryAfter(response), since(began));
            readSome(response.getEntity());
            request.cancel();
            return answer;
        } catch (IOException | RuntimeException failure) {
            boolean stopping = Thread.interrupted();
            return new Unanswered(reason(failure, late.get(), stopping), since(began));
        } finally {
            deadline.cancel(false);
        }
    }

    /** Whatever happens to the rest: the status has been sent, so the request has been taken or refused. */
    private static void readSome(@Nullable HttpEntity entity) {
        if (entity == null) {
            return;
        }
        try {
            entity.getContent().readNBytes(BODY_READ_MAX);
        } catch (IOException | RuntimeException broken) {
            Thread.interrupted();
        }
    }

    private static Optional<String> retryAfter(ClassicHttpResponse response) {
        return Optional.ofNullable(response.getFirstHeader(HttpHeaders.RETRY_AFTER))
                .map(Header::getValue);
    }

    private static Duration since(long began) {
        return Duration.ofNanos(System.nanoTime() - began);
    }

    private static Reason reason(Exception failure, boolean late, boolean stopping) {
        if (stopping) {
            return Reason.STOPPED;
        }
        if (late || failure instanceof SocketTimeoutException) {
            return Reason.TIMED_OUT;
        }
        return switch (failure) {
            case CheckedResolver.AddressRefused _ -> Reason.ADDRESS_REFUSED;
            case HostAddresses.LookUpsBusy _ -> Reason.LOOK_UPS_BUSY;
            case UnknownHostException _ -> Reason.UNKNOWN_HOST;
            case SSLException _ -> Reason.NO_TRUST;
            case ConnectException _, NoRouteToHostException _ -> Reason.NOT_CONNECTED;
            default -> Reason.BROKEN;
        };
    }

    @Override
    public void close() throws IOException {
        deadlines.shutdownNow();
        client.close();
    }
}
