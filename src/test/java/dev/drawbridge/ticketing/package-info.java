@NullMarked
package dev.drawbridge.ticketing;

import org.jspecify.annotations.NullMarked;
