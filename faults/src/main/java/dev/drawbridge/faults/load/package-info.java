/**
 * The partners: clients with their orders, followers of the change feed, receivers of webhooks, in the two attractions
 * that are set up for them. They remember what they sent and heard, and write it beside the product's tables.
 */
@org.jspecify.annotations.NullMarked
package dev.drawbridge.faults.load;
