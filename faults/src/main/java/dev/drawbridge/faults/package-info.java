/**
 * The fault run, as a program: what is asked for, in which order things happen, and the negative controls. It puts the
 * other packages together; none of them knows it. {@code nemesis} and {@code load} know {@code checks} and {@code
 * cluster}, {@code checks} knows {@code cluster}, and {@code cluster} knows nobody.
 */
@org.jspecify.annotations.NullMarked
package dev.drawbridge.faults;
