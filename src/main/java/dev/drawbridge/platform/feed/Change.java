package dev.drawbridge.platform.feed;

import java.util.UUID;

/**
 * The last change of one row that has a position.
 *
 * @param position grows within a company in an order that no reader can miss a row of; the API's {@code rowVersion}
 * @param deleted the row is gone; its tombstone stays for ever
 */
record Change(UUID rowId, long position, boolean deleted) {}
