@NullMarked
package dev.drawbridge.platform.outbound;

import org.jspecify.annotations.NullMarked;
