/** Measures a real server, started by the launcher, over loopback; every phase is bounded in count and time. */
@org.jspecify.annotations.NullMarked
package dev.drawbridge.bench;
