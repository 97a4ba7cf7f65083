@NullMarked
package dev.drawbridge.platform.web;

import org.jspecify.annotations.NullMarked;
