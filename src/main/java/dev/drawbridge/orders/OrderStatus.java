package dev.drawbridge.orders;

import java.util.Optional;

/** What a partner sees of an order's life. */
enum OrderStatus {
    /** Queued. */
    SUBMITTED("Submitted"),
    /** Picked up by a worker, for the first time or again. */
    SCHEDULED("Scheduled"),
    /** Its assets are being issued. */
    PROCESSING("Processing"),
    /** Issued but unpaid; holds its capacity until the hold expires. */
    DRAFT("Draft"),
    /** Issued and paid. */
    ISSUED("Issued"),
    CANCELLED("Cancelled"),
    /** Could not be issued. */
    ERROR("Error");

    /** What a request wants to do with an order. */
    enum Action {
        CONFIRM,
        REPLACE,
        CANCEL,
        PROCESS
    }

    private final String word;

    OrderStatus(String word) {
        this.word = word;
    }

    /** The word in the API and in the database. */
    String word() {
        return word;
    }

    static OrderStatus of(String word) {
        return find(word).orElseThrow(() -> new IllegalArgumentException("No order status " + word));
    }

    static Optional<OrderStatus> find(String word) {
        for (OrderStatus status : values()) {
            if (status.word.equals(word)) {
                return Optional.of(status);
            }
        }
        return Optional.empty();
    }

    /** Queued or being issued: nothing but waiting is possible. */
    boolean inFlight() {
        return switch (this) {
            case SUBMITTED, SCHEDULED, PROCESSING -> true;
            case DRAFT, ISSUED, CANCELLED, ERROR -> false;
        };
    }

    /** Whether its wallets exist and are live. */
    boolean hasWallets() {
        return this == DRAFT || this == ISSUED;
    }

    /** The one table of what may be done when; empty: it may. An action that changes nothing is allowed here too. */
    Optional<OrderProblem> refusal(Action action) {
        return switch (action) {
            case CONFIRM ->
                switch (this) {
                    case DRAFT, ISSUED -> Optional.empty();
                    case SUBMITTED, SCHEDULED, PROCESSING -> Optional.of(OrderProblem.ORDER_IN_FLIGHT);
                    case CANCELLED, ERROR -> Optional.of(OrderProblem.ORDER_NOT_CONFIRMABLE);
                };
            case REPLACE ->
                switch (this) {
                    case DRAFT, ERROR -> Optional.empty();
                    case SUBMITTED, SCHEDULED, PROCESSING -> Optional.of(OrderProblem.ORDER_IN_FLIGHT);
                    case ISSUED, CANCELLED -> Optional.of(OrderProblem.ORDER_NOT_REPLACEABLE);
                };
            case CANCEL ->
                switch (this) {
                    case DRAFT, ISSUED, CANCELLED, ERROR -> Optional.empty();
                    case SUBMITTED, SCHEDULED, PROCESSING -> Optional.of(OrderProblem.ORDER_IN_FLIGHT);
                };
            case PROCESS ->
                switch (this) {
                    case SUBMITTED, ERROR -> Optional.empty();
                    case SCHEDULED, PROCESSING -> Optional.of(OrderProblem.ORDER_IN_FLIGHT);
                    case DRAFT, ISSUED, CANCELLED -> Optional.of(OrderProblem.ORDER_NOT_PROCESSABLE);
                };
        };
    }
}
