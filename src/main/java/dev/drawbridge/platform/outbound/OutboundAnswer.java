package dev.drawbridge.platform.outbound;

import java.time.Duration;
import java.util.Optional;

/** What came of a request that we sent. */
public sealed interface OutboundAnswer {

    /** From the start of the connection to the answer, or to the end of our patience. */
    Duration latency();

    /**
     * @param retryAfter the header, as it was sent
     */
    record Answered(int status, Optional<String> retryAfter, Duration latency) implements OutboundAnswer {}

    record Unanswered(Reason reason, Duration latency) implements OutboundAnswer {}

    /** Why there was no answer. */
    enum Reason {
        TIMED_OUT,
        UNKNOWN_HOST,
        /** It was not tried: looking up other hosts kept us busy. */
        LOOK_UPS_BUSY,
        /** The host leads to an address that we do not send to. */
        ADDRESS_REFUSED,
        NOT_CONNECTED,
        /** No certificate that somebody we trust vouches for, for this host; or no TLS at all. */
        NO_TRUST,
        /** The connection broke, or what came is no HTTP. */
        BROKEN,
        /** This thread was interrupted: the server stops. */
        STOPPED
    }
}
