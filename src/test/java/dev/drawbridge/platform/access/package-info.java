@NullMarked
package dev.drawbridge.platform.access;

import org.jspecify.annotations.NullMarked;
