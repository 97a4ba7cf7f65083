package dev.drawbridge.rules;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class HouseRulesTest {

    static List<HouseRule> rules() {
        return HouseRules.ALL;
    }

    @ParameterizedTest
    @MethodSource("rules")
    void the_product_keeps(HouseRule rule) {
        rule.rule().allowEmptyShould(true).check(ProductionClasses.ALL);
    }

    @ParameterizedTest
    @MethodSource("rules")
    void a_planted_fault_breaks(HouseRule rule) {
        assertThat(rule.breakers()).isNotEmpty().allSatisfy(breaker -> assertThat(rule.rule()
                        .evaluate(new ClassFileImporter().importClasses(breaker))
                        .hasViolation())
                .as(breaker.getSimpleName())
                .isTrue());
    }
}
