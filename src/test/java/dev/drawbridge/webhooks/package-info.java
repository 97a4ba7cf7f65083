@NullMarked
package dev.drawbridge.webhooks;

import org.jspecify.annotations.NullMarked;
