@NullMarked
package dev.drawbridge.invariants;

import org.jspecify.annotations.NullMarked;
