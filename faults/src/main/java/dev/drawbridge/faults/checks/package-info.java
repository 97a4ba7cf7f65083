/**
 * What comes of a run: the questions to database and logs that must have no answer, what was found and counted, and the
 * report of it. What partners know, it reads from the tables that they wrote it to.
 */
@org.jspecify.annotations.NullMarked
package dev.drawbridge.faults.checks;
