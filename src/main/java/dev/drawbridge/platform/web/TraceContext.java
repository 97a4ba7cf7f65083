package dev.drawbridge.platform.web;

import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * The trace that a request belongs to, as the W3C's recommendation Trace Context writes it: what a partner's system,
 * our log and the webhooks that come of a request can be found by. It is for correlation only and decides nothing.
 *
 * @param traceId 32 hexadecimal digits in lower case, not all of them 0
 * @param sampled whether whoever began the trace keeps it; of those that we began we do, in our log
 */
public record TraceContext(String traceId, boolean sampled) {

    public static final String HEADER = "traceparent";

    private static final String LOGGED_AS = "traceId";
    private static final ScopedValue<TraceContext> CURRENT = ScopedValue.newInstance();

    private static final int LENGTH = 55;
    private static final Pattern FORM = Pattern.compile("([0-9a-f]{2})-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})");
    private static final Pattern ZEROS = Pattern.compile("0+");

    /** Something to do that belongs to a trace. */
    public interface Work<X extends Exception> {
        void run() throws X;
    }

    /** A new trace, of somebody who belongs to none. */
    public static TraceContext begun() {
        var random = ThreadLocalRandom.current();
        return new TraceContext(hex(random.nextLong()) + hex(random.nextLong(1, Long.MAX_VALUE)), true);
    }

    /** That of the request or job that this thread works for, else a new one. */
    public static TraceContext current() {
        return CURRENT.isBound() ? CURRENT.get() : begun();
    }

    /** What a request names, by all its headers of this name; a new one unless it is exactly one and well formed. */
    public static TraceContext of(List<String> headers) {
        return headers.size() == 1 ? of(headers.getFirst()) : begun();
    }

    /** What the text names, of a header or a row; a new one where it names none. */
    public static TraceContext of(@Nullable String traceparent) {
        return Optional.ofNullable(traceparent).flatMap(TraceContext::parse).orElseGet(TraceContext::begun);
    }

    /** A version after 00 may have more behind what is known of it. */
    private static Optional<TraceContext> parse(String traceparent) {
        if (traceparent.length() < LENGTH) {
            return Optional.empty();
        }
        Matcher parts = FORM.matcher(traceparent.substring(0, LENGTH));
        boolean longer = traceparent.length() > LENGTH;
        if (!parts.matches()
                || parts.group(1).equals("ff")
                || (longer && (parts.group(1).equals("00") || traceparent.charAt(LENGTH) != '-'))
                || ZEROS.matcher(parts.group(2)).matches()
                || ZEROS.matcher(parts.group(3)).matches()) {
            return Optional.empty();
        }
        boolean sampled = (Integer.parseInt(parts.group(4), 16) & 1) == 1;
        return Optional.of(new TraceContext(parts.group(2), sampled));
    }

    /** The text for a header or a row: always {@value #LENGTH} characters, with a span that is new each time. */
    public String traceparent() {
        String span = hex(ThreadLocalRandom.current().nextLong(1, Long.MAX_VALUE));
        return "00-" + traceId + "-" + span + (sampled ? "-01" : "-00");
    }

    /** Has the work, and every line that it logs, belong to this trace. */
    public <X extends Exception> void during(Work<X> work) throws X {
        var _ = ScopedValue.where(CURRENT, this).<TraceContext, X>call(() -> {
            @Nullable String outer = MDC.get(LOGGED_AS);
            MDC.put(LOGGED_AS, traceId);
            try {
                work.run();
                return this;
            } finally {
                MDC.remove(LOGGED_AS);
                if (outer != null) {
                    MDC.put(LOGGED_AS, outer);
                }
            }
        });
    }

    private static String hex(long bits) {
        return HexFormat.of().toHexDigits(bits);
    }
}
