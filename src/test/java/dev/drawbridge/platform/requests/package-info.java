/** Rules of platform.requests. */
@NullMarked
package dev.drawbridge.platform.requests;

import org.jspecify.annotations.NullMarked;
