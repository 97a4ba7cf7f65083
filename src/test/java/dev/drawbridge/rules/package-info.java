/** The house's rules as tests: what is written down only, decays. */
@NullMarked
package dev.drawbridge.rules;

import org.jspecify.annotations.NullMarked;
