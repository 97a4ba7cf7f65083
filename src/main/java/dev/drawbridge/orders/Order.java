package dev.drawbridge.orders;

import dev.drawbridge.orders.CompanySnapshots.CompanySnapshot.OrderSize;
import dev.drawbridge.platform.access.PartnerId;
import dev.drawbridge.platform.database.OrderId;
import dev.drawbridge.platform.web.TraceContext;
import dev.drawbridge.webhooks.Event;
import dev.drawbridge.webhooks.EventName;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * An order as it is stored, with what its job is doing right now.
 *
 * @param generation grows with each replace and each re-issue; assets belong to one
 */
record Order(OrderId id, Identity identity, Terms terms, int generation, State state) {

    /**
     * What never changes.
     *
     * @param reference the partner's own ({@code sellToOrderReference}), as it first spelled it
     * @param documentNumber ours ({@code buyFromOrderReference})
     */
    record Identity(PartnerId partner, String reference, String documentNumber, Instant receivedAt) {}

    /**
     * What replacing an order replaces.
     *
     * @param paymentReference empty: not paid yet
     */
    record Terms(Line.SellTo sellTo, String paymentReference, List<Line> lines) {

        Terms {
            lines = List.copyOf(lines);
        }
    }

    /**
     * One line as submitted and validated. Lives in the order's JSON content and nowhere else.
     *
     * @param lineNo 100000 x position, from 1
     * @param itemNumber as sent; compared case-insensitively
     * @param sellTo effective: what the line did not say it has from the order
     */
    record Line(
            int lineNo,
            String itemNumber,
            int quantity,
            LocalDate visitDate,
            LocalTime visitTime,
            SellTo sellTo,
            Wishes wishes) {

        /**
         * What was asked for the line's wallets.
         *
         * @param names one per wallet, empty where the item's description stands in; or none at all
         * @param externalReferences one per wallet, empty for none; or none at all
         */
        record Wishes(List<String> names, List<String> externalReferences, List<ComponentVisit> componentSchedule) {

            Wishes {
                names = List.copyOf(names);
                externalReferences = List.copyOf(externalReferences);
                componentSchedule = List.copyOf(componentSchedule);
            }

            /** @param seqNo of the wallet, from 1 */
            String name(int seqNo) {
                return at(names, seqNo);
            }

            String externalReference(int seqNo) {
                return at(externalReferences, seqNo);
            }

            /** A setup that changed since may make more wallets of the line than it was sent for. */
            private static String at(List<String> texts, int seqNo) {
                return seqNo > texts.size() ? "" : texts.get(seqNo - 1);
            }
        }

        /**
         * Who the order, or one line of it, is for; empty where nothing was given. Stored only: nothing is ever sent to
         * it.
         */
        record SellTo(String email, String name, String language) {}

        /** When one ticket component of a bundle is visited, where that differs from its line. */
        record ComponentVisit(String itemNumber, LocalDate visitDate, LocalTime visitTime) {}
    }

    /**
     * What has become of it.
     *
     * @param status as the outside sees it
     * @param jobId empty until issuance has begun
     * @param eventSequence of the order's last event, 0 before the first
     * @param manifestId of a Draft (for later) and of an Issued order
     * @param holdExpiresAt only of a Draft that holds capacity
     */
    record State(
            OrderStatus status,
            StatusReason reason,
            String jobId,
            int eventSequence,
            Optional<UUID> manifestId,
            Optional<Instant> holdExpiresAt) {

        /** As a new order and a replaced one are. */
        static State submitted(int eventSequence) {
            return new State(
                    OrderStatus.SUBMITTED, StatusReason.NONE, "", eventSequence, Optional.empty(), Optional.empty());
        }
    }

    /** Why an order is in Error; both empty otherwise. The message is for the partner, never an internal text. */
    record StatusReason(String code, String message) {

        private static final int MESSAGE_CODE_POINTS_MAX = 500;

        static final StatusReason NONE = new StatusReason("", "");

        StatusReason {
            if (message.codePointCount(0, message.length()) > MESSAGE_CODE_POINTS_MAX) {
                throw new IllegalArgumentException("A status message has at most 500 characters: " + code);
            }
        }
    }

    PartnerId partner() {
        return identity.partner();
    }

    OrderStatus status() {
        return state.status();
    }

    List<Line> lines() {
        return terms.lines();
    }

    boolean isPaid() {
        return !terms.paymentReference().isEmpty();
    }

    /** Of a Draft that held capacity: whether its time is over. */
    boolean holdIsOver(Instant now) {
        return state.status() == OrderStatus.DRAFT
                && state.holdExpiresAt().filter(until -> !until.isAfter(now)).isPresent();
    }

    /** The order once it has been issued: Issued if it is paid, else a Draft. */
    Order issued(String jobId, UUID manifestId, Optional<Instant> holdUntil) {
        OrderStatus status = isPaid() ? OrderStatus.ISSUED : OrderStatus.DRAFT;
        return settled(new State(
                status, StatusReason.NONE, jobId, state.eventSequence() + 1, Optional.of(manifestId), holdUntil));
    }

    /** The order once it could not be issued. */
    Order refused(String jobId, StatusReason reason) {
        return settled(new State(
                OrderStatus.ERROR, reason, jobId, state.eventSequence() + 1, Optional.empty(), Optional.empty()));
    }

    /** The Draft once it is paid: Issued, without a hold. */
    Order confirmed(String paymentReference) {
        var paid = new Terms(terms.sellTo(), paymentReference, terms.lines());
        return new Order(
                id,
                identity,
                paid,
                generation,
                new State(
                        OrderStatus.ISSUED,
                        StatusReason.NONE,
                        state.jobId(),
                        state.eventSequence() + 1,
                        state.manifestId(),
                        Optional.empty()));
    }

    /** The order once it has been cancelled: no job, no manifest, no hold. */
    Order cancelled() {
        return settled(new State(
                OrderStatus.CANCELLED,
                StatusReason.NONE,
                "",
                state.eventSequence() + 1,
                Optional.empty(),
                Optional.empty()));
    }

    /** The Draft once its hold has expired. */
    Order withoutHold() {
        return settled(new State(
                state.status(),
                state.reason(),
                state.jobId(),
                state.eventSequence() + 1,
                state.manifestId(),
                Optional.empty()));
    }

    /** The order back in the queue under the next generation. */
    Order resubmitted(Terms newTerms) {
        return new Order(id, identity, newTerms, generation + 1, State.submitted(state.eventSequence()));
    }

    private Order settled(State newState) {
        return new Order(id, identity, terms, generation, newState);
    }

    /**
     * A body of create or replace, validated.
     *
     * @param size computed without expanding anything
     */
    record OrderRequest(PartnerId partner, String reference, Order.Terms terms, OrderSize size) {

        List<Line> lines() {
            return terms.lines();
        }

        List<String> externalReferences() {
            return lines().stream()
                    .flatMap(line -> line.wishes().externalReferences().stream())
                    .filter(reference -> !reference.isEmpty())
                    .toList();
        }
    }

    /**
     * What partners are told once the order has settled as Issued, Draft or Error; its event sequence is this one's.
     */
    Event processedEvent(TraceContext trace) {
        return event(EventName.ORDER_PROCESSED, trace);
    }

    Event cancelledEvent(TraceContext trace) {
        return event(EventName.ORDER_CANCELLED, trace);
    }

    Event holdExpiredEvent(TraceContext trace) {
        return event(EventName.ORDER_HOLD_EXPIRED, trace);
    }

    /** What every event of the order tells: ids, states and numbers. */
    private Event event(EventName name, TraceContext trace) {
        Map<String, Object> payload = new LinkedHashMap<>();
        payload.put("orderId", id.toString());
        payload.put("buyFromOrderReference", identity.documentNumber());
        payload.put("status", state.status().word());
        payload.put("statusCode", state.reason().code());
        payload.put("sellToOrderReference", identity.reference());
        payload.put("partnerId", identity.partner().toString());
        return new Event(id, identity.partner(), state.eventSequence(), name, payload, trace);
    }
}
