package dev.drawbridge.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the documents point to exists. Whether they are true, only a reader can say. */
class DocumentationTest {

    private static final Pattern LINK = Pattern.compile("]\\((?!https?:)([^)#]+)(?:#[^)]*)?\\)");

    /** {@code OrderIntake}, {@code IssuanceRun.work}: at least two words in one, as our classes are named. */
    private static final Pattern CLASS = Pattern.compile("`@?((?:[A-Z][a-z0-9]+){2,})(?:\\.[a-z]\\w*(?:\\(.*?\\))?)?`");

    private static final Pattern PATH = Pattern.compile("`(src/[^`*]+)`");

    /** Of the libraries that we use. */
    private static final Set<String> FOREIGN = Set.of("JdbcClient", "PostgreSQL");

    @Test
    void every_link_leads_somewhere() throws IOException {
        for (Path page : pages()) {
            matches(LINK, page).forEach(link -> assertThat(page.resolveSibling(link))
                    .as("link in %s", page)
                    .exists());
        }
    }

    @Test
    void every_class_that_is_named_exists() throws IOException {
        Set<String> classes = SourceFile.ofMainAndTest().stream()
                .flatMap(file -> file.types().stream())
                .map(type -> type.getSimpleName().toString())
                .collect(Collectors.toSet());
        classes.addAll(FOREIGN);

        for (Path page : pages()) {
            assertThat(matches(CLASS, page)).as("classes in %s", page).isSubsetOf(classes);
        }
    }

    @Test
    void every_file_that_is_named_exists() throws IOException {
        for (Path page : pages()) {
            matches(PATH, page)
                    .forEach(path ->
                            assertThat(Path.of(path)).as("file in %s", page).exists());
        }
    }

    private static List<Path> pages() throws IOException {
        try (Stream<Path> top = Files.list(Path.of("."));
                Stream<Path> docs = Files.walk(Path.of("docs"))) {
            return Stream.concat(top, docs)
                    .filter(file -> file.toString().endsWith(".md"))
                    .toList();
        }
    }

    private static List<String> matches(Pattern pattern, Path page) throws IOException {
        return pattern.matcher(Files.readString(page))
                .results()
                .map(found -> found.group(1))
                .toList();
    }
}
