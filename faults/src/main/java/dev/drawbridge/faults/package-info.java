/** The fault run: several nodes on one PostgreSQL, faults under load, and the checks of what is left. */
@org.jspecify.annotations.NullMarked
package dev.drawbridge.faults;
