/** What is left of a server that was killed: nothing that it had accepted is lost, nothing is done twice. */
@NullMarked
package dev.drawbridge.faults;

import org.jspecify.annotations.NullMarked;
