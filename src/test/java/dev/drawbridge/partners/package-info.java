@NullMarked
package dev.drawbridge.partners;

import org.jspecify.annotations.NullMarked;
