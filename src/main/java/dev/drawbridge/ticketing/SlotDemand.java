package dev.drawbridge.ticketing;

import dev.drawbridge.platform.database.OrderId;
import java.util.Map;
import java.util.UUID;

/**
 * The places that one order asks for, all of them or none.
 *
 * @param placesBySlot more than 0 each; empty for an order that takes no capacity
 * @param paid the places are sold, otherwise held until the order is paid or its hold expires
 */
public record SlotDemand(OrderId order, int generation, Map<UUID, Integer> placesBySlot, boolean paid) {

    public SlotDemand {
        placesBySlot = Map.copyOf(placesBySlot);
    }
}
