package dev.drawbridge.platform.postgres;

import dev.drawbridge.platform.server.StartRefused;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.JarURLConnection;
import java.net.URL;
import java.net.URLConnection;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tukaani.xz.XZInputStream;

/** The programs of PostgreSQL, unpacked once from the archive on the class path. */
record PostgresBinaries(Path directory) {

    private static final Logger LOG = LoggerFactory.getLogger(PostgresBinaries.class);
    private static final int EXECUTABLE_BITS = 0111;

    Path initdb() {
        return directory.resolve("bin/initdb");
    }

    Path postgres() {
        return directory.resolve("bin/postgres");
    }

    /** Unpacks below the cache directory unless this very archive is there; a crash half-way leaves no half of it. */
    static PostgresBinaries unpackedBelow(Path cache) {
        String name = archiveName();
        URL archive = PostgresBinaries.class.getClassLoader().getResource(name + ".txz");
        if (archive == null) {
            throw new StartRefused("No embedded PostgreSQL was built in for this platform (" + name
                    + "); set DRAWBRIDGE_DATABASE_URL to a PostgreSQL server instead.");
        }
        try {
            Path target = cache.resolve(name + "-" + fingerprint(archive));
            if (!Files.isDirectory(target)) {
                unpack(archive, cache, target);
            }
            return new PostgresBinaries(target.toRealPath());
        } catch (IOException failure) {
            throw new StartRefused("PostgreSQL cannot be unpacked to " + cache + ": " + failure, failure);
        }
    }

    private static String archiveName() {
        String system = System.getProperty("os.name").toLowerCase(Locale.ROOT).startsWith("mac") ? "darwin" : "linux";
        String machine = System.getProperty("os.arch").equals("aarch64") ? "arm_64" : "x86_64";
        return "postgres-" + system + "-" + machine;
    }

    /** Tells one release of the archive from another without reading all of it. */
    private static String fingerprint(URL archive) throws IOException {
        URLConnection connection = archive.openConnection();
        if (connection instanceof JarURLConnection jar) {
            return Long.toHexString(jar.getJarEntry().getCrc());
        }
        return Long.toHexString(connection.getContentLengthLong());
    }

    private static void unpack(URL archive, Path cache, Path target) throws IOException {
        directory(cache);
        Path young = Files.createTempDirectory(cache, "unpacking-");
        directory(young);
        try (InputStream packed = new BufferedInputStream(archive.openStream());
                TarArchiveInputStream tar = new TarArchiveInputStream(new XZInputStream(packed))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                write(entry, tar, inside(young, entry.getName()));
            }
            moveIntoPlace(young, target);
        } finally {
            delete(young);
        }
        LOG.info("postgresql_unpacked directory={}", target);
    }

    private static Path inside(Path directory, String name) throws IOException {
        Path path = directory.resolve(name).normalize();
        if (!path.startsWith(directory)) {
            throw new IOException("The archive names a file outside itself: " + name);
        }
        return path;
    }

    private static void write(TarArchiveEntry entry, InputStream content, Path path) throws IOException {
        if (entry.isDirectory()) {
            directory(path);
            return;
        }
        directory(Objects.requireNonNull(path.getParent()));
        if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
            return;
        }
        Files.copy(content, path);
        boolean executable = (entry.getMode() & EXECUTABLE_BITS) != 0;
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(executable ? "rwxr-xr-x" : "rw-r--r--"));
        if (!path.toString().contains("/share/")) {
            force(path);
        }
    }

    /**
     * Puts a program or library on the disk before the rename: after a power cut the directory is whole or not there.
     * The nine hundred small files of time zones and dictionaries are left to the system; to force each takes seconds.
     */
    private static void force(Path path) throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
            channel.force(false);
        }
    }

    /** Whatever the umask: the user that PostgreSQL runs as is perhaps another one than we are. */
    private static void directory(Path path) throws IOException {
        Files.createDirectories(path);
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private static void moveIntoPlace(Path young, Path target) throws IOException {
        try {
            Files.move(young, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException failure) {
            if (!Files.isDirectory(target)) {
                throw failure;
            }
            // Another process was first; its copy is as good.
        }
    }

    static void delete(Path directory) throws IOException {
        if (!Files.exists(directory)) {
            return;
        }
        List<Path> deepestFirst;
        try (Stream<Path> paths = Files.walk(directory)) {
            deepestFirst = paths.sorted(Comparator.reverseOrder()).toList();
        } catch (UncheckedIOException failure) {
            throw failure.getCause();
        }
        for (Path path : deepestFirst) {
            Files.deleteIfExists(path);
        }
    }
}
