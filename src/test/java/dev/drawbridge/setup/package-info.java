@NullMarked
package dev.drawbridge.setup;

import org.jspecify.annotations.NullMarked;
