@NullMarked
package dev.drawbridge.platform.numbers;

import org.jspecify.annotations.NullMarked;
