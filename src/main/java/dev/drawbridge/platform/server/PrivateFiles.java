package dev.drawbridge.platform.server;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;

/** Files that only their owner may read: secrets and keys in the data directory. */
public final class PrivateFiles {

    private PrivateFiles() {}

    /** Makes the directory, for its owner only; one that exists keeps the permissions that it has. */
    public static Path directory(Path directory) {
        try {
            if (!Files.isDirectory(directory)) {
                Files.createDirectories(
                        directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            }
            return directory.toRealPath();
        } catch (IOException failure) {
            throw new StartRefused("The directory " + directory + " cannot be made or entered: " + failure, failure);
        }
    }

    /** The text in the file. */
    public static String read(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException failure) {
            throw new StartRefused("The file " + file + " cannot be read: " + failure, failure);
        }
    }

    /** Puts what was made, renamed or removed in a directory on the disk. */
    public static void force(Path directory) throws IOException {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    /** The text in the file; where there is no file, the new text after it was written. */
    public static String readOrCreate(Path file, Supplier<String> text) {
        try {
            if (!Files.exists(file)) {
                write(file, text.get());
            }
            return Files.readString(file).strip();
        } catch (IOException failure) {
            throw new StartRefused("The file " + file + " cannot be read: " + failure, failure);
        }
    }

    /** Replaces the file as a whole: a crash leaves the old one or the new one. Makes its directory at first use. */
    public static void write(Path file, String text) {
        Path young = directory(Objects.requireNonNull(file.toAbsolutePath().getParent()))
                .resolve(file.getFileName() + ".new");
        try {
            Files.deleteIfExists(young);
            try (var channel = Files.newByteChannel(
                    young,
                    Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, StandardOpenOption.SYNC),
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
                channel.write(StandardCharsets.UTF_8.encode(text + "\n"));
            }
            Files.move(young, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException failure) {
            throw new StartRefused("The file " + file + " cannot be written: " + failure, failure);
        }
    }
}
