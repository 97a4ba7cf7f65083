/** Black box, over HTTP: each test reads as a rule of the contract. */
@NullMarked
package dev.drawbridge.journeys;

import org.jspecify.annotations.NullMarked;
