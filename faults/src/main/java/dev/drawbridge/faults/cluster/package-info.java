/**
 * What is broken: nodes of the real product, or of one that was patched, on one PostgreSQL, and the proxies between all
 * that talk to each other. It can start, stop, kill, freeze and mislead; when and why it does is for others to say.
 */
@org.jspecify.annotations.NullMarked
package dev.drawbridge.faults.cluster;
