package dev.drawbridge.rules;

import com.tngtech.archunit.lang.ArchRule;
import java.util.List;

/**
 * A rule for classes.
 *
 * @param breakers planted faults: each breaks the rule by itself, so a rule that sleeps is found
 */
record HouseRule(ArchRule rule, List<Class<?>> breakers) {

    HouseRule(ArchRule rule, Class<?>... breakers) {
        this(rule, List.of(breakers));
    }

    @Override
    public String toString() {
        return rule.getDescription();
    }
}
