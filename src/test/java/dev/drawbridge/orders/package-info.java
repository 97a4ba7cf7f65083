/** Rules of the channel manager that only show from the inside. */
@NullMarked
package dev.drawbridge.orders;

import org.jspecify.annotations.NullMarked;
