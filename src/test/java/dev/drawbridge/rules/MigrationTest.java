package dev.drawbridge.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.fixtures.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

class MigrationTest {

    private static final Path FOLDER = Path.of("src/main/resources/db/migration");

    private List<Path> files = List.of();

    @BeforeEach
    void listFiles() throws IOException {
        try (Stream<Path> all = Files.walk(FOLDER)) {
            files = all.filter(Files::isRegularFile).toList();
        }
    }

    @Test
    void a_migration_lies_in_the_folder_of_its_module_and_says_in_its_name_what_it_is_about() {
        assertThat(files).isNotEmpty().allSatisfy(file -> {
            Path inFolder = FOLDER.relativize(file);
            String module = inFolder.getName(0).toString();
            assertThat(inFolder.toString()).matches(module + "/V[0-9]{4}__" + module + "(_[a-z0-9]+)*\\.sql");
            assertThat(Path.of("src/main/java/dev/drawbridge", module)).isDirectory();
        });
    }

    @Test
    void numbers_run_from_one_without_gap_or_repetition_over_all_folders() {
        assertThat(files.stream().map(MigrationTest::number).sorted())
                .containsExactlyElementsOf(
                        IntStream.rangeClosed(1, files.size()).boxed().toList());
    }

    /** The test database is made from nothing at the start of every build. */
    @Test
    void all_of_them_run_on_an_empty_database_in_the_order_of_their_numbers() {
        List<@Nullable Integer> applied = JdbcClient.create(
                        TestDatabase.running().asOwner())
                .sql("""
                        select version::int from migrations.flyway_schema_history
                         where type = 'SQL' and success
                         order by installed_rank
                        """)
                .query(Integer.class)
                .list();

        assertThat(applied)
                .containsExactlyElementsOf(
                        files.stream().map(MigrationTest::number).sorted().toList());
    }

    private static Integer number(Path file) {
        return Integer.valueOf(file.getFileName().toString().substring(1, 5));
    }
}
