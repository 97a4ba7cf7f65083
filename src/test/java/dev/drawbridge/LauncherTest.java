package dev.drawbridge;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher in a checkout of its own, with a JDK and a Maven that only say that they were called. */
class LauncherTest {

    private static final Path LAUNCHER = Path.of("drawbridge").toAbsolutePath();

    private record Outcome(int status, String output) {}

    @TempDir
    private Path directory = Path.of("");

    private final Map<String, String> environment = new HashMap<>();
    private Path checkout = directory;

    @BeforeEach
    void a_checkout() throws IOException {
        checkout = Files.createDirectories(directory.resolve("a checkout"));
        Files.copy(LAUNCHER, checkout.resolve("drawbridge"));
        Files.createDirectories(checkout.resolve(".mvn"));
        Files.createDirectories(checkout.resolve("docs"));
        Files.createDirectories(checkout.resolve("src/main/java"));
        Files.writeString(checkout.resolve("pom.xml"), "<project/>");
        Files.writeString(checkout.resolve("src/main/java/Code.java"), "class Code {}");
        jdk("jdk 25", 25);
        maven("3.9.9");
        environment.put("JAVA_HOME", directory.resolve("jdk 25").toString());
    }

    @Test
    void a_run_builds_once_and_hands_the_options_to_java() throws Exception {
        Outcome first = launch("run", "--port", "9000", "--data", "with space");
        assertThat(first.output())
                .contains("building")
                .contains("java -Xmx256m")
                .endsWith("-jar " + checkout.toRealPath()
                        + "/target/app/drawbridge.jar run --port 9000 --data with space\n");

        assertThat(launch("run").output()).startsWith("java ").doesNotContain("building");
        assertThat(builds()).isEqualTo(1);
    }

    @Test
    void a_backup_and_a_restore_are_handed_to_java_as_they_are() throws Exception {
        assertThat(launch("backup", "to here").output()).endsWith("/target/app/drawbridge.jar backup to here\n");
        assertThat(launch("restore", "from here", "--data", "d").output())
                .endsWith("/target/app/drawbridge.jar restore from here --data d\n");
        assertThat(builds()).isEqualTo(1);
    }

    @Test
    void a_backup_builds_nothing_while_a_server_may_be_running_on_what_was_built() throws Exception {
        launch("run");
        Files.writeString(checkout.resolve("src/main/java/Code.java"), "class Newer {}");

        launch("backup", "there");
        assertThat(builds()).isEqualTo(1);

        launch("restore", "there");
        assertThat(builds()).isEqualTo(2);
    }

    @Test
    void what_counts_is_what_the_sources_say_and_not_when_they_were_written() throws Exception {
        launch("run");
        Path code = checkout.resolve("src/main/java/Code.java");

        Files.setLastModifiedTime(code, FileTime.from(Instant.parse("2030-01-01T00:00:00Z")));
        launch("run");
        assertThat(builds()).isEqualTo(1);

        FileTime before = Files.getLastModifiedTime(code);
        Files.writeString(code, "class Other {}");
        Files.setLastModifiedTime(code, before);
        launch("run");
        assertThat(builds()).isEqualTo(2);

        Files.delete(code);
        launch("run");
        assertThat(builds()).isEqualTo(3);
    }

    @Test
    void a_build_that_fails_is_told_with_its_errors_and_tried_again_the_next_time() throws Exception {
        environment.put("MAVEN_STATUS", "1");
        Outcome failed = launch("run");
        assertThat(failed.status()).isEqualTo(1);
        assertThat(failed.output())
                .contains("[ERROR] on purpose")
                .contains("drawbridge: the build failed; the whole of it is in")
                .doesNotContain("java -X");

        environment.remove("MAVEN_STATUS");
        assertThat(launch("run").output()).contains("java -Xmx256m");
    }

    @Test
    void a_build_leaves_a_file_that_makes_starts_faster() throws Exception {
        Path file = checkout.toRealPath().resolve("target/drawbridge.aot");
        assertThat(launch("run").output()).contains("-XX:AOTCache=" + file + " ");

        Files.delete(file);
        assertThat(launch("run").output()).startsWith("java ").doesNotContain("AOTCache");
    }

    @Test
    void java_options_of_ones_own_replace_ours() throws Exception {
        environment.put("DRAWBRIDGE_JAVA_OPTS", "-Xmx2g -XX:+UseZGC");

        assertThat(launch("run").output()).contains("java -Xmx2g -XX:+UseZGC -XX:AOTCache=");
    }

    @Test
    void an_older_java_in_java_home_is_passed_over() throws Exception {
        jdk("jdk 17", 17);
        environment.put("JAVA_HOME", directory.resolve("jdk 17").toString());

        launch("test", "-Dtest=Some");

        String used = Files.readString(directory.resolve("java-home")).strip();
        assertThat(Files.readString(Path.of(used, "release"))).containsPattern("JAVA_VERSION=\"(2[5-9]|[3-9])");
        assertThat(Files.readString(directory.resolve("maven-arguments"))).contains("verify -Dtest=Some");
    }

    @Test
    void an_old_maven_is_refused_in_a_sentence() throws Exception {
        maven("3.6.3");
        Outcome outcome = launch("run");

        assertThat(outcome.status()).isEqualTo(1);
        assertThat(outcome.output()).contains("Maven 3.8 or newer is needed to build, this one is 3 6");
    }

    @Test
    void without_maven_a_sentence_says_so() throws Exception {
        Files.delete(directory.resolve("bin/mvn"));
        List<Path> tools = linksToTools();
        environment.put("PATH", directory.resolve("tools").toString());
        Outcome outcome = launch("run");
        for (Path link : tools) {
            Files.delete(link);
        }

        assertThat(outcome.status()).isEqualTo(1);
        assertThat(outcome.output())
                .isEqualTo("drawbridge: Maven 3.8 or newer is needed to build; install it so that 'mvn' is found.\n");
    }

    @Test
    void the_fault_run_gets_the_checkout_and_the_options() throws Exception {
        launch("faults", "--full", "--part", "1/8");

        assertThat(Files.readString(directory.resolve("maven-arguments")))
                .contains("faults/pom.xml compile exec:java")
                .contains("'" + checkout.toRealPath() + "' '--full' '--part' '1/8'");
    }

    @Test
    void a_command_that_does_not_exist_ends_with_2() throws Exception {
        assertThat(launch("dance"))
                .isEqualTo(new Outcome(
                        2, "drawbridge: there is no command 'dance'; ./drawbridge help lists those that there are.\n"));
        assertThat(launch("help").output()).contains("run", "test", "format", "bench", "faults");
        assertThat(launch().status()).isZero();
    }

    private Outcome launch(String... arguments) throws IOException, InterruptedException {
        List<String> command =
                new ArrayList<>(List.of(checkout.resolve("drawbridge").toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().merge("PATH", directory.resolve("bin") + ":", (path, ours) -> ours + path);
        builder.environment().remove("DRAWBRIDGE_JAVA_OPTS");
        builder.environment().putAll(environment);
        Process process = builder.start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Outcome(process.waitFor(), output);
    }

    private void jdk(String name, int version) throws IOException {
        Path home = Files.createDirectories(directory.resolve(name));
        Files.writeString(home.resolve("release"), "JAVA_VERSION=\"" + version + ".0.1\"\n");
        script(home.resolve("bin/javac"), "exit 0");
        script(home.resolve("bin/java"), """
                before=
                for option in "$@"; do
                    case $option in -XX:AOTCacheOutput=*) touch "${option#*=}" ;; esac
                    if [ "$before" = --destination ]; then
                        mkdir -p "$option"
                        touch "$option/drawbridge.jar"
                    fi
                    before=$option
                done
                echo java "$@"
                """);
    }

    private void maven(String version) throws IOException {
        script(directory.resolve("bin/mvn"), """
                if [ "$1" = "-v" ]; then echo "Apache Maven %s (hash)"; exit 0; fi
                echo "$JAVA_HOME" >"%s/java-home"
                echo "$@" >>"%s/maven-arguments"
                echo "[ERROR] on purpose"
                mkdir -p "%s/target"
                touch "%s/target/drawbridge.jar"
                exit ${MAVEN_STATUS:-0}
                """.formatted(version, directory, directory, checkout, checkout));
    }

    private int builds() throws IOException {
        return Files.readAllLines(directory.resolve("maven-arguments")).size();
    }

    /** The tools of the system that the launcher uses, and no Maven among them. */
    private List<Path> linksToTools() throws IOException {
        Path directoryOfLinks = Files.createDirectories(directory.resolve("tools"));
        List<Path> links = new ArrayList<>();
        for (String tool : List.of("bash", "dirname", "sed", "find", "sort", "tr", "xargs", "cksum", "cat", "head")) {
            Path inBin = Path.of("/bin", tool);
            Path there = Files.exists(inBin) ? inBin : Path.of("/usr/bin", tool);
            links.add(Files.createSymbolicLink(directoryOfLinks.resolve(tool), there));
        }
        return links;
    }

    private static void script(Path file, String lines) throws IOException {
        Files.createDirectories(Objects.requireNonNull(file.getParent()));
        Files.writeString(file, "#!/usr/bin/env bash\n" + lines + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}
