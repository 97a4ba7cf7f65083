/** What goes wrong: how much of it, when, and where; brought upon the cluster while the partners are at work. */
@org.jspecify.annotations.NullMarked
package dev.drawbridge.faults.nemesis;
