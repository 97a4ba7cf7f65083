package dev.drawbridge.platform.postgres;

import dev.drawbridge.platform.server.PrivateFiles;
import dev.drawbridge.platform.server.StartRefused;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * A directory that every finished file of the write-ahead log is copied to, packed, once and for ever: with a backup
 * before it, the database of any moment since. It is of one database; a restored one goes on in it on a timeline of its
 * own.
 */
record WalArchive(Path directory) {

    private static final String SCRIPT = "archive-wal";
    private static final String REMEMBERED = "wal-archive";
    private static final String IDENTITY = "system-identifier";
    private static final String PACKED = ".gz";

    /**
     * The longest that an order waits to be in the archive. A file is sent before it is full, and packs to little then;
     * nothing is sent while nothing is written.
     */
    private static final int TIMEOUT_SECONDS = 60;

    /** How to copy one file; PostgreSQL asks again until it succeeds, perhaps for a file that is there already. */
    private static final String COPY = """
            # Written by Drawbridge at every start. $1: the file of the write-ahead log, $2: its name.
            set -eu
            umask 077
            kept="$to/$2.gz"
            part="$to/$2.$$.part"
            if [ -e "$kept" ]; then
                # After a crash it is sent again; another one of the same name must not replace it.
                gzip -dc "$kept" | cmp -s "$1" -
                exit
            fi
            trap 'rm -f "$part"' EXIT
            gzip -1 -c <"$1" >"$part"
            sync "$part" 2>/dev/null || sync
            # A link is never made over a file that is there; not every file system has links.
            ln "$part" "$kept" 2>/dev/null || { [ ! -e "$kept" ] && mv "$part" "$kept"; }
            sync "$to" 2>/dev/null || sync
            """;

    /** Makes the directory usable for this cluster, or says why it is not. */
    void prepare(PostgresCluster cluster) {
        boolean young = !Files.isDirectory(directory);
        PrivateFiles.directory(directory);
        try {
            if (young) {
                cluster.user().give(directory);
            }
            refuseUnlessWritable(cluster);
            refuseUnlessOf(systemIdentifier(cluster.directory()));
            for (Path history : histories(cluster.directory().resolve("pg_wal"))) {
                keep(history, cluster.user());
            }
            cluster.writeScript(SCRIPT, "to=" + quoted(directory) + "\n" + COPY);
        } catch (IOException failure) {
            throw new StartRefused("The WAL archive " + directory + " cannot be used: " + failure, failure);
        }
    }

    /** Has whoever starts the database beside the server go on with the same archive, or with none. */
    static void remember(Optional<WalArchive> archive, Path home) {
        Path file = home.resolve(REMEMBERED);
        if (archive.isPresent()) {
            PrivateFiles.write(file, archive.get().directory().toString());
            return;
        }
        try {
            Files.deleteIfExists(file);
        } catch (IOException failure) {
            throw new StartRefused("The file " + file + " cannot be removed: " + failure, failure);
        }
    }

    /** The directory that the last start used. */
    static Optional<Path> remembered(Path home) {
        Path file = home.resolve(REMEMBERED);
        return Files.exists(file) ? Optional.of(Path.of(PrivateFiles.read(file))) : Optional.empty();
    }

    /** Lines of the configuration. PostgreSQL runs the command in the cluster's directory. */
    static String configuration() {
        return """

                archive_mode = on
                archive_timeout = %d
                archive_command = 'sh ../%s "%%p" "%%f"'
                """.formatted(TIMEOUT_SECONDS, SCRIPT);
    }

    private void refuseUnlessWritable(PostgresCluster cluster) {
        var probe = ExternalCommand.run(
                cluster.user().command("sh", "-c", "test -w \"$0\" && test -x \"$0\"", directory.toString()));
        if (!probe.succeeded()) {
            throw new StartRefused("The user that PostgreSQL runs as cannot write to the WAL archive " + directory
                    + "; give the directory to that user, or choose another one.");
        }
    }

    /** Two databases have different files under the same names. */
    private void refuseUnlessOf(String systemIdentifier) {
        String archived = PrivateFiles.readOrCreate(directory.resolve(IDENTITY), () -> systemIdentifier);
        if (!archived.equals(systemIdentifier)) {
            throw new StartRefused("The WAL archive " + directory
                    + " is of another database; set DRAWBRIDGE_WAL_ARCHIVE to an empty directory.");
        }
    }

    /** A restore makes the history of its timeline while nothing is archived. */
    private void keep(Path history, PostgresUser user) throws IOException {
        byte[] ours = Files.readAllBytes(history);
        Path kept = directory.resolve(history.getFileName() + PACKED);
        if (!Files.exists(kept)) {
            Path part = directory.resolve(history.getFileName() + ".part");
            Files.write(part, packed(ours));
            user.give(part);
            Files.move(part, kept);
        } else if (!Arrays.equals(ours, unpacked(kept))) {
            throw new StartRefused("The WAL archive " + directory + " holds another continuation of this database,"
                    + " restored from the same backup; set DRAWBRIDGE_WAL_ARCHIVE to an empty directory.");
        }
    }

    /** Of the database in the archive; empty where PostgreSQL's own means filled it. */
    static Optional<String> identityOf(Path archive) throws IOException {
        Path file = archive.resolve(IDENTITY);
        return Files.exists(file) ? Optional.of(Files.readString(file).strip()) : Optional.empty();
    }

    /** PostgreSQL, pg_control.h: the first eight bytes of the control file, as this machine orders them. */
    static String systemIdentifier(Path cluster) throws IOException {
        try (InputStream control = Files.newInputStream(cluster.resolve("global/pg_control"))) {
            byte[] bytes = control.readNBytes(Long.BYTES);
            var buffer = ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder());
            return Long.toUnsignedString(buffer.getLong());
        }
    }

    private static List<Path> histories(Path wal) throws IOException {
        try (Stream<Path> files = Files.list(wal)) {
            return files.filter(file -> file.toString().endsWith(".history")).toList();
        }
    }

    private static byte[] packed(byte[] content) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var packing = new GZIPOutputStream(bytes)) {
            packing.write(content);
        }
        return bytes.toByteArray();
    }

    private static byte[] unpacked(Path file) throws IOException {
        try (var unpacking = new GZIPInputStream(Files.newInputStream(file))) {
            return unpacking.readAllBytes();
        }
    }

    /** For a shell. */
    static String quoted(Path path) {
        return "'" + path.toString().replace("'", "'\\''") + "'";
    }
}
