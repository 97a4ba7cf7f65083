package dev.drawbridge.faults.cluster;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** A copy of the product's sources with a patch on them, built into a jar like the real one. */
public final class PatchedProduct {

    private static final int SECONDS_MAX = 30;

    private PatchedProduct() {}

    public static Distribution build(Path checkout, Distribution real, Path patch, Path scratch)
            throws IOException, InterruptedException {
        Directories.delete(scratch);
        copy(checkout.resolve("src/main"), scratch.resolve("src/main"));
        apply(patch, scratch);
        Path classes = scratch.resolve("classes");
        compile(scratch.resolve("src/main/java"), real, classes);
        copy(scratch.resolve("src/main/resources"), classes);
        Path jar = real.application().resolveSibling("patched-" + patch.getFileName() + ".jar");
        replaceIn(real.application(), classes, jar);
        return real.withApplication(jar);
    }

    private static void apply(Path patch, Path scratch) throws IOException, InterruptedException {
        Path log = scratch.resolve("patch.log");
        Process process = new ProcessBuilder("patch", "-p1", "--forward", "--batch", "-i", patch.toString())
                .directory(scratch.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        if (!process.waitFor(SECONDS_MAX, TimeUnit.SECONDS) || process.exitValue() != 0) {
            process.destroyForcibly();
            throw new IOException(patch.getFileName() + " does not fit the sources any more; see " + log + ": "
                    + Files.readString(log));
        }
    }

    private static void compile(Path sources, Distribution real, Path classes) throws IOException {
        Files.createDirectories(classes);
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        String classPath =
                files(real.libraries()).stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
        List<Path> files = files(sources).stream()
                .filter(file -> file.toString().endsWith(".java"))
                .toList();
        var messages = new StringWriter();
        try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, null)) {
            boolean compiled = compiler.getTask(
                            messages,
                            manager,
                            null,
                            List.of("-parameters", "-nowarn", "-proc:none", "-cp", classPath, "-d", classes.toString()),
                            null,
                            manager.getJavaFileObjectsFromPaths(files))
                    .call();
            if (!compiled) {
                throw new IOException("The patched sources do not compile: " + messages);
            }
        }
    }

    private static void replaceIn(Path original, Path classes, Path jar) throws IOException {
        try (var from = new JarFile(original.toFile());
                OutputStream file = Files.newOutputStream(jar);
                JarOutputStream out = new JarOutputStream(file)) {
            List<String> written = new ArrayList<>();
            // Directories as well: what is found by its package is looked for in them.
            for (JarEntry entry : from.stream().toList()) {
                Path patched = classes.resolve(entry.getName());
                byte[] bytes = Files.isRegularFile(patched)
                        ? Files.readAllBytes(patched)
                        : from.getInputStream(entry).readAllBytes();
                write(out, entry.getName(), bytes);
                written.add(entry.getName());
            }
            for (Path added : files(classes)) {
                String name = classes.relativize(added).toString();
                if (!written.contains(name)) {
                    write(out, name, Files.readAllBytes(added));
                }
            }
        }
    }

    private static void write(JarOutputStream out, String name, byte[] bytes) throws IOException {
        out.putNextEntry(new JarEntry(name));
        out.write(bytes);
        out.closeEntry();
    }

    private static List<Path> files(Path directory) throws IOException {
        try (Stream<Path> paths = Files.walk(directory)) {
            return paths.filter(Files::isRegularFile).toList();
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        for (Path file : files(from)) {
            Path target = to.resolve(from.relativize(file).toString());
            Files.createDirectories(target.resolveSibling(""));
            Files.copy(file, target);
        }
    }
}
