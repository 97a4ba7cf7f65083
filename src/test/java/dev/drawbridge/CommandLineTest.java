package dev.drawbridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drawbridge.platform.server.StartRefused;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CommandLineTest {

    private static final CommandLine.Run DEFAULTS = new CommandLine.Run(8080, Path.of("data"), false, null);

    @Test
    void without_options_it_listens_on_8080_and_keeps_its_data_here() {
        assertThat(parse("run")).isEqualTo(DEFAULTS);
        assertThat(parse()).isEqualTo(DEFAULTS);
    }

    @Test
    void every_option_is_understood() {
        assertThat(parse("run", "--port", "9000", "--data", "/var/gate", "--demo", "--setup", "castle.yaml"))
                .isEqualTo(new CommandLine.Run(9000, Path.of("/var/gate"), true, Path.of("castle.yaml")));
    }

    @Test
    void the_last_word_on_the_demo_counts() {
        assertThat(parse("run", "--demo", "--no-demo")).isEqualTo(DEFAULTS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "65535"})
    void a_port_is_from_1_to_65535(String port) {
        assertThat(parse("run", "--port", port)).isInstanceOf(CommandLine.Run.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "65536", "99999999999", "-1", "80a", "٨٠"})
    void another_port_is_refused(String port) {
        assertThat(refusal("run", "--port", port)).contains("'" + port + "' is no port");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--Demo", "--port=80", "-p", "demo", "run"})
    void an_option_that_does_not_exist_is_refused_in_a_sentence(String option) {
        assertThat(refusal("run", option))
                .isEqualTo("There is no option '" + option + "'; --help lists those that there are.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--port", "--data", "--setup"})
    void an_option_without_its_value_is_refused(String option) {
        assertThat(refusal("run", option)).isEqualTo("The option " + option + " needs a value.");
    }

    @Test
    void help_names_every_option() {
        assertThat(parse("run", "--port", "9000", "--help")).isInstanceOf(CommandLine.Help.class);
        assertThat(CommandLine.HELP).contains("--port", "--data", "--demo", "--no-demo", "--setup");
    }

    @Test
    void a_backup_names_its_target_and_perhaps_the_data_directory() {
        assertThat(parse("backup", "/backups/today"))
                .isEqualTo(new CommandLine.Backup(Path.of("/backups/today"), Path.of("data"), false));
        assertThat(parse("backup", "--logical", "--data", "/var/gate", "today"))
                .isEqualTo(new CommandLine.Backup(Path.of("today"), Path.of("/var/gate"), true));
    }

    @Test
    void a_restore_goes_on_with_the_write_ahead_log_until_a_time() {
        assertThat(parse("restore", "today", "--data", "new"))
                .isEqualTo(
                        new CommandLine.Restore(Path.of("today"), Path.of("new"), Optional.empty(), Optional.empty()));
        assertThat(parse("restore", "today", "--wal", "wal", "--until", "2026-11-21T11:30:00+01:00"))
                .isEqualTo(new CommandLine.Restore(
                        Path.of("today"),
                        Path.of("data"),
                        Optional.of(Path.of("wal")),
                        Optional.of(Instant.parse("2026-11-21T10:30:00Z"))));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            backup                                  | Name the one directory that the backup is to be written to.
            backup a b                              | Name the one directory that the backup is to be written to.
            restore                                 | Name the one backup that is to be restored.
            backup a --wal b                        | There is no option '--wal'; --help lists those that there are.
            backup a --data                         | The option --data needs a value.
            restore a --port 1                      | There is no option '--port'; --help lists those that there are.
            restore a --logical                     | A restore sees by itself whether a backup is logical.
            restore a --until 2026-11-21T10:30:00Z | The option --until needs --wal, the log since the backup.
            restore a --wal b --until yesterday | 'yesterday' is no time with an offset, such as 2026-11-21T10:30:00Z.
            restore a --wal b --until 2026-11-21 | '2026-11-21' is no time with an offset, such as 2026-11-21T10:30:00Z.
            """)
    void other_words_for_a_backup_or_a_restore_are_refused(String arguments, String sentence) {
        assertThat(refusal(arguments.strip().split(" "))).isEqualTo(sentence);
    }

    @Test
    void help_for_backups_names_every_option() {
        assertThat(parse("restore", "--help")).isEqualTo(new CommandLine.Help(BackupArguments.HELP));
        assertThat(BackupArguments.HELP).contains("--data", "--logical", "--wal", "--until");
    }

    @Test
    void a_demo_is_reached_from_this_machine_only_and_another_server_from_everywhere() {
        assertThat(properties(Map.of(), "--demo")).containsEntry("server.address", "127.0.0.1");
        assertThat(properties(Map.of())).containsEntry("server.address", "0.0.0.0");
        assertThat(properties(Map.of("DRAWBRIDGE_BIND", "10.0.0.5"), "--demo"))
                .containsEntry("server.address", "10.0.0.5");
    }

    @Test
    void the_management_listens_one_port_higher() {
        assertThat(properties(Map.of(), "--port", "9000")).containsEntry("management.server.port", "9001");
        assertThat(properties(Map.of(), "--port", "65535")).containsEntry("management.server.port", "65534");
        assertThat(properties(Map.of("DRAWBRIDGE_MANAGEMENT_PORT", "7000")))
                .containsEntry("management.server.port", "7000");
    }

    @Test
    void links_begin_with_the_public_address() {
        assertThat(properties(Map.of(), "--port", "9000"))
                .containsEntry("drawbridge.server.public-base-url", "http://localhost:9000");
        assertThat(properties(Map.of("DRAWBRIDGE_PUBLIC_BASE_URL", "https://gate.example")))
                .containsEntry("drawbridge.server.public-base-url", "https://gate.example");
    }

    @Test
    void a_variable_that_is_set_to_nothing_says_nothing() {
        assertThat(properties(Map.of("DRAWBRIDGE_BIND", " ", "DRAWBRIDGE_PUBLIC_BASE_URL", ""), "--demo"))
                .containsEntry("server.address", "127.0.0.1")
                .containsEntry("drawbridge.server.public-base-url", "http://localhost:8080");
    }

    @Test
    void log_lines_are_json_but_for_the_demo_unless_told_otherwise() {
        String json = "logging.structured.format.console";

        assertThat(properties(Map.of())).containsEntry(json, "ecs");
        assertThat(properties(Map.of(), "--demo")).doesNotContainKey(json);
        assertThat(properties(Map.of("DRAWBRIDGE_LOG_FORMAT", "json"), "--demo"))
                .containsEntry(json, "ecs");
        assertThat(properties(Map.of("DRAWBRIDGE_LOG_FORMAT", "text"))).doesNotContainKey(json);
        assertThatThrownBy(() -> properties(Map.of("DRAWBRIDGE_LOG_FORMAT", "xml")))
                .isInstanceOf(StartRefused.class)
                .hasMessage("DRAWBRIDGE_LOG_FORMAT must be text or json.");
    }

    @Test
    void a_stop_does_not_wait_unless_told_for_how_many_seconds() {
        String delay = "drawbridge.stop-delay";

        assertThat(properties(Map.of())).containsEntry(delay, "0s");
        assertThat(properties(Map.of("DRAWBRIDGE_STOP_DELAY", "5s"))).containsEntry(delay, "5s");
        for (String wrong : List.of("5", "5m", "-5s", "PT5S", "1000s")) {
            assertThatThrownBy(() -> properties(Map.of("DRAWBRIDGE_STOP_DELAY", wrong)))
                    .isInstanceOf(StartRefused.class)
                    .hasMessage("DRAWBRIDGE_STOP_DELAY must be 0s to 999s, for instance 5s.");
        }
    }

    private static CommandLine parse(String... arguments) {
        return CommandLine.parse(List.of(arguments));
    }

    private static String refusal(String... arguments) {
        return ((CommandLine.Refused) parse(arguments)).sentence();
    }

    private static Map<String, String> properties(Map<String, String> environment, String... arguments) {
        return RunProperties.of((CommandLine.Run) parse(arguments), environment);
    }
}
