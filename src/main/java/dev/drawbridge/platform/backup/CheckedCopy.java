package dev.drawbridge.platform.backup;

import dev.drawbridge.platform.postgres.NewDataDirectory;
import dev.drawbridge.platform.server.StartRefused;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.DigestInputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Objects;
import java.util.Set;

/** Copies files for their owner only, counts and sums what was written, and puts it on the disk. */
final class CheckedCopy {

    /** What writes a file's content. */
    interface Content {
        void writeTo(OutputStream out) throws IOException;
    }

    private static final Set<StandardOpenOption> NEW = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    private static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    private static final FileAttribute<Set<PosixFilePermission>> DIRECTORY_OWNER_ONLY =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
    private static final int BUFFER_BYTES = 1 << 17;

    private CheckedCopy() {}

    static BackupContents.File write(Path root, String path, Content content) throws IOException {
        Path file = root.resolve(path);
        directory(Objects.requireNonNull(file.getParent()));
        MessageDigest digest = sha256();
        try (FileChannel channel = FileChannel.open(file, NEW, OWNER_ONLY)) {
            var out = new DigestOutputStream(Channels.newOutputStream(channel), digest);
            content.writeTo(out);
            channel.force(true);
            return new BackupContents.File(path, channel.size(), hex(digest));
        }
    }

    static Content of(Path source) {
        return out -> {
            try (InputStream in = Files.newInputStream(source)) {
                copy(in, out);
            }
        };
    }

    static void directory(Path directory) throws IOException {
        Files.createDirectories(directory, DIRECTORY_OWNER_ONLY);
    }

    /** Copies a file of the backup to its place in the data directory. */
    static void restore(Path backup, BackupContents.File file, NewDataDirectory target) throws IOException {
        Path place = target.place(file.path());
        Path root = Objects.requireNonNull(place.getParent());
        try (InputStream in = open(backup, file)) {
            BackupContents.File written = write(root, place.getFileName().toString(), out -> copy(in, out));
            refuseUnlessEqual(file, written.bytes(), written.sha256());
        }
    }

    /** Reads a file of the backup to its end, and refuses it unless it is what it was. */
    static void verify(Path backup, BackupContents.File file) throws IOException {
        MessageDigest digest = sha256();
        try (var in = new DigestInputStream(open(backup, file), digest)) {
            long bytes = in.transferTo(OutputStream.nullOutputStream());
            refuseUnlessEqual(file, bytes, hex(digest));
        }
    }

    static InputStream open(Path backup, BackupContents.File file) throws IOException {
        Path source = backup.resolve(file.path()).normalize();
        if (!source.startsWith(backup) || !Files.isRegularFile(source)) {
            throw new StartRefused("The backup lacks its file " + file.path() + "; restore another backup.");
        }
        return Files.newInputStream(source);
    }

    private static void refuseUnlessEqual(BackupContents.File file, long bytes, String sha256) {
        if (bytes != file.bytes() || !sha256.equals(file.sha256())) {
            throw new StartRefused("The file " + file.path()
                    + " of the backup is not what it was when the backup was made; restore another backup.");
        }
    }

    private static void copy(InputStream in, OutputStream out) throws IOException {
        byte[] buffer = new byte[BUFFER_BYTES];
        for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
            out.write(buffer, 0, read);
        }
    }

    private static String hex(MessageDigest digest) {
        return HexFormat.of().formatHex(digest.digest());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("Every Java has SHA-256", impossible);
        }
    }
}
