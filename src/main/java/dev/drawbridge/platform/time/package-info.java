/**
 * Time as the contract writes it: UTC timestamps with three decimals, local dates and times of a company.
 */
@ApplicationModule(allowedDependencies = {})
@NullMarked
package dev.drawbridge.platform.time;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
