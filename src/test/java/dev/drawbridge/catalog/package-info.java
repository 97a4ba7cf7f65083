@NullMarked
package dev.drawbridge.catalog;

import org.jspecify.annotations.NullMarked;
