package dev.drawbridge.platform.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class FaultPointTest {

    private static final Pattern HIT = Pattern.compile("FaultPoint\\.hit\\(\"([^\"]*)\"\\)");

    /** No field to arm it by, no call that could do anything: what production has is an empty method. */
    @Test
    void in_production_a_fault_point_does_nothing_and_cannot_be_made_to() {
        JavaClass production =
                new ClassFileImporter().importClasses(FaultPoint.class).get(FaultPoint.class);

        assertThat(production.getFields()).isEmpty();
        assertThat(production.getAccessesFromSelf())
                .extracting(JavaAccess::getName)
                .as("nothing but the call of Object's constructor")
                .containsExactly("<init>");
    }

    @Test
    void there_is_one_such_class_in_what_is_built() throws IOException {
        assertThat(Collections.list(FaultPoint.class
                        .getClassLoader()
                        .getResources(FaultPoint.class.getName().replace('.', '/') + ".class")))
                .hasSize(1);
    }

    @Test
    void every_place_has_a_name_of_its_own() throws IOException {
        List<String> names;
        try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
            names = files.filter(file -> file.toString().endsWith(".java"))
                    .flatMap(FaultPointTest::places)
                    .toList();
        }

        assertThat(names).isNotEmpty().doesNotHaveDuplicates().allMatch(name -> name.matches("[a-z]+(-[a-z]+)*"));
    }

    private static Stream<String> places(Path file) {
        try {
            return HIT
                    .matcher(Files.readString(file))
                    .results()
                    .map((MatchResult found) -> found.group(1))
                    .toList()
                    .stream();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
