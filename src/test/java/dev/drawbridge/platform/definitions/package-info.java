@NullMarked
package dev.drawbridge.platform.definitions;

import org.jspecify.annotations.NullMarked;
