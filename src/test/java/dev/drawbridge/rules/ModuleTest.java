package dev.drawbridge.rules;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import dev.drawbridge.Drawbridge;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.springframework.modulith.ApplicationModule;
import org.springframework.modulith.core.ApplicationModules;

class ModuleTest {

    private final ApplicationModules modules = ProductionPackages.seenBy(() -> ApplicationModules.of(Drawbridge.class));

    @Test
    void a_module_uses_only_what_it_declares_and_no_two_depend_on_each_other() {
        ProductionPackages.seenBy(modules::verify);
    }

    @Test
    void every_package_is_a_module() {
        Set<String> packages = ProductionClasses.ALL.stream()
                .map(JavaClass::getPackageName)
                .filter(name -> !name.equals(Drawbridge.class.getPackageName()))
                .collect(Collectors.toSet());

        assertThat(modules.stream().map(module -> module.getBasePackage().getName()))
                .as("a package without @ApplicationModule is checked by nobody; modules are flat")
                .containsExactlyInAnyOrderElementsOf(packages);
    }

    @Test
    void every_module_says_what_it_may_use() {
        assertThat(ProductionClasses.ALL.stream()
                        .map(JavaClass::getPackage)
                        .filter(code -> code.isAnnotatedWith(ApplicationModule.class))
                        .filter(code -> Arrays.asList(code.getAnnotationOfType(ApplicationModule.class)
                                        .allowedDependencies())
                                .contains(ApplicationModule.OPEN_TOKEN)))
                .as("without allowedDependencies a module may use every other")
                .isEmpty();
    }
}
