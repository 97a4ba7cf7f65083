/** What the harness puts into the nodes: the fault points' actions, and a clock that is wrong. */
@org.jspecify.annotations.NullMarked
package dev.drawbridge.platform.faults;
