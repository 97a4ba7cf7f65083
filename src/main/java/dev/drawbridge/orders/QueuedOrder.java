package dev.drawbridge.orders;

/**
 * An order in the queue, as it was put there.
 *
 * @param claim of the job: waiting for any worker, or held by the call that brought the order
 */
record QueuedOrder(OrderView order, Claim claim) {}
