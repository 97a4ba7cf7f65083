@NullMarked
package dev.drawbridge.coupons;

import org.jspecify.annotations.NullMarked;
