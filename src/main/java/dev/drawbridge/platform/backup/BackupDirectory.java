package dev.drawbridge.platform.backup;

import dev.drawbridge.platform.server.PrivateFiles;
import dev.drawbridge.platform.server.StartRefused;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * A backup that is being written, under a temporary name until it is whole; and how one is read. Closed unfinished, it
 * is removed.
 */
final class BackupDirectory implements AutoCloseable {

    private static final String MANIFEST = "manifest.json";

    /** What the server keeps beside the database; without the secret no API key would work any more. */
    private static final List<String> OWN_FILES = List.of("secret", "platform-key", "demo-credentials.json");

    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private final Path target;
    private final Path young;
    private final List<BackupContents.File> files = new ArrayList<>();
    private final List<String> directories = new ArrayList<>();
    private boolean finished;

    private BackupDirectory(Path target, Path young) {
        this.target = target;
        this.young = young;
    }

    /** @throws StartRefused unless the target is free, outside of the data directory */
    static BackupDirectory begin(Path wanted, Path data) {
        Path target = wanted.toAbsolutePath().normalize();
        if (target.startsWith(data)) {
            throw new StartRefused(
                    "A backup inside the data directory is lost with it; choose another place than " + target + ".");
        }
        if (Files.exists(target)) {
            throw new StartRefused(target + " exists; a backup is written to a new directory.");
        }
        Path young = target.resolveSibling("." + target.getFileName() + ".unfinished");
        try {
            Files.createDirectories(Objects.requireNonNull(target.getParent()));
            delete(young);
            CheckedCopy.directory(young);
            return new BackupDirectory(target, young);
        } catch (IOException failure) {
            throw new StartRefused("The backup cannot be written to " + target + ": " + failure, failure);
        }
    }

    void add(String path, CheckedCopy.Content content) throws IOException {
        files.add(CheckedCopy.write(young, path, content));
    }

    /** Copies a file unless it is gone by now. */
    void copyIfThere(String path, Path source) throws IOException {
        try {
            add(path, CheckedCopy.of(source));
        } catch (NoSuchFileException gone) {
            Files.deleteIfExists(young.resolve(path));
        }
    }

    void addDirectory(String path) throws IOException {
        CheckedCopy.directory(young.resolve(path));
        directories.add(path);
    }

    /** Copies what the server keeps beside the database. */
    void addOwnFiles(Path data) throws IOException {
        for (String name : OWN_FILES) {
            if (Files.exists(data.resolve(name))) {
                add(name, CheckedCopy.of(data.resolve(name)));
            }
        }
    }

    List<BackupContents.File> files() {
        return List.copyOf(files);
    }

    List<String> directories() {
        return List.copyOf(directories);
    }

    Path finish(BackupContents manifest) throws IOException {
        PrivateFiles.write(young.resolve(MANIFEST), JSON.writeValueAsString(manifest));
        try (Stream<Path> all = Files.walk(young)) {
            for (Path directory : all.filter(Files::isDirectory).toList()) {
                PrivateFiles.force(directory);
            }
        }
        Files.move(young, target, StandardCopyOption.ATOMIC_MOVE);
        PrivateFiles.force(Objects.requireNonNull(target.getParent()));
        finished = true;
        return target;
    }

    @Override
    public void close() throws IOException {
        if (!finished) {
            delete(young);
        }
    }

    /** @throws StartRefused if there is no whole backup, or one that we do not understand */
    static BackupContents read(Path backup) {
        Path file = backup.resolve(MANIFEST);
        if (!Files.exists(file)) {
            throw new StartRefused("There is no backup in " + backup + ", which has no " + MANIFEST + ".");
        }
        BackupContents manifest;
        try {
            manifest = JSON.readValue(PrivateFiles.read(file), BackupContents.class);
        } catch (JacksonException | NullPointerException torn) {
            throw new StartRefused("The file " + file + " is damaged; restore another backup.", torn);
        }
        if (manifest.format() != BackupContents.FORMAT) {
            throw new StartRefused("The backup in " + backup + " is of format " + manifest.format()
                    + ", which this Drawbridge does not know; restore it with Drawbridge " + manifest.drawbridge()
                    + " or a later one.");
        }
        return manifest;
    }

    private static void delete(Path directory) throws IOException {
        if (!Files.exists(directory)) {
            return;
        }
        try (Stream<Path> all = Files.walk(directory)) {
            for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(each);
            }
        }
    }

    /** The release that is running; none in a build that was not packed. */
    static String release() {
        @Nullable String version = BackupDirectory.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }
}
