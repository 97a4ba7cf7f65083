package dev.drawbridge.platform.postgres;

import dev.drawbridge.fixtures.TestDatabase;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** A class with a main method, run in a JVM of its own, so that it can be killed. */
public final class ChildProcess implements AutoCloseable {

    private final Process process;
    private final BufferedReader output;

    private ChildProcess(Process process) {
        this.process = process;
        this.output = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    /** A class of the tests. */
    static ChildProcess start(Class<?> main, String... arguments) throws IOException {
        return start(classPath(), Map.of(), main, arguments);
    }

    /** A class of the product, without any of the tests' classes and settings. */
    public static ChildProcess startProgram(Class<?> main, String... arguments) throws IOException {
        return startProgram(Map.of(), main, arguments);
    }

    /** As {@link #startProgram(Class, String...)}, with these variables added to the environment. */
    public static ChildProcess startProgram(Map<String, String> environment, Class<?> main, String... arguments)
            throws IOException {
        String productOnly = Arrays.stream(classPath().split(File.pathSeparator, -1))
                .filter(entry -> !entry.endsWith("test-classes"))
                .collect(Collectors.joining(File.pathSeparator));
        return start(productOnly, environment, main, arguments);
    }

    private static String classPath() {
        return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    }

    private static ChildProcess start(
            String classPath, Map<String, String> environment, Class<?> main, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                ProcessHandle.current().info().command().orElseThrow(),
                "-Xmx192m",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                classPath,
                main.getName()));
        command.addAll(List.of(arguments));
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment()
                .put(
                        "DRAWBRIDGE_POSTGRES_BINARIES",
                        TestDatabase.BINARIES.toAbsolutePath().toString());
        builder.environment().putAll(environment);
        return new ChildProcess(builder.start());
    }

    public ProcessHandle handle() {
        return process.toHandle();
    }

    /** Reads on until a line has the text; the line. */
    public String awaitLine(String text) throws IOException {
        var before = new StringBuilder();
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            if (line.contains(text)) {
                return line;
            }
            before.append(line).append('\n');
        }
        throw new IllegalStateException("The process ended without a line with '" + text + "':\n" + before);
    }

    /** What it still printed before it ended. */
    public List<String> remainingLines() throws IOException {
        return output.readAllLines();
    }

    /** As {@code kill -9}; by the handle, for the process itself would forget what it printed. */
    public void kill() throws InterruptedException {
        process.toHandle().destroyForcibly();
        process.waitFor();
    }

    /** As {@code kill}; the exit status. */
    public int terminate() throws InterruptedException {
        process.toHandle().destroy();
        return awaitExit();
    }

    public int awaitExit() throws InterruptedException {
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            throw new IllegalStateException("Process " + process.pid() + " does not end");
        }
        return process.exitValue();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
