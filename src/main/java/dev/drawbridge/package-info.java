/** Drawbridge, the open OTA channel manager for attractions: each sub-package is a module. */
@org.jspecify.annotations.NullMarked
package dev.drawbridge;
