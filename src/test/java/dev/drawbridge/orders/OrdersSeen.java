package dev.drawbridge.orders;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What can be seen of slots and orders after an operation, as it is or as it is to be. */
record OrdersSeen(List<SlotSeen> slots, List<OrderSeen> orders) {

    /** Neither refused nor anything to say. */
    static final Answered NOTHING = new Answered(0, "", false);

    OrdersSeen {
        slots = List.copyOf(slots);
        orders = List.copyOf(orders);
    }

    record SlotSeen(int capacity, int taken, boolean closed) {}

    /**
     * @param status {@code gone} where there is no such order any more
     * @param usable tickets that open the gate and coupons that can be redeemed
     * @param events each as {@code sequence name status}
     */
    record OrderSeen(
            String status,
            String code,
            Optional<Instant> holdUntil,
            int wallets,
            int tickets,
            int coupons,
            int usable,
            int manifests,
            List<String> events) {

        OrderSeen {
            events = List.copyOf(events);
        }
    }

    /** @param word the order's status, or the code of the refusal */
    record Answered(int status, String word, boolean replayed) {}
}
