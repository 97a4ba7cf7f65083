package dev.drawbridge.platform.postgres;

import dev.drawbridge.platform.server.StartRefused;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * What a copied cluster is brought up to, beyond the write-ahead log that came with the copy.
 *
 * @param archive where the write-ahead log goes on, packed or not; empty: it does not
 * @param copy where the write-ahead log of the copy ends
 * @param until everything that was committed until then, and nothing after; empty: all that there is
 */
public record WalRecovery(Copy copy, Optional<Path> archive, Optional<Instant> until) {

    /**
     * @param systemIdentifier of its database
     * @param stopLsn where it was finished
     * @param lastWal its last file of the write-ahead log
     */
    public record Copy(String systemIdentifier, String stopLsn, String lastWal) {}

    /** PostgreSQL, which reads the archive, works in another directory than we do. */
    public WalRecovery {
        archive = archive.map(Path::toAbsolutePath);
    }

    private static final String SCRIPT = "restore-wal";

    /** PostgreSQL reads it before it knows the names of time zones, Z among them. */
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd HH:mm:ss.SSSSSS'+00'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    /** PostgreSQL takes a status above 125 for a fault, and any other for "there is no such file". */
    private static final String COPY = """
            # Written by Drawbridge. $1: the name of a file of the write-ahead log, $2: where it is wanted.
            if [ -e "$from/$1.gz" ]; then
                gzip -dc "$from/$1.gz" >"$2" || exit 200
            elif [ -e "$from/$1" ]; then
                cp "$from/$1" "$2" || exit 200
            else
                exit 1
            fi
            """;

    /**
     * Looks whether the archive goes on where the copy ends. PostgreSQL takes a file that is missing for the end, and
     * would say nothing of those behind it.
     *
     * @throws StartRefused if it is of another database, or a file is missing between others
     */
    public void check() {
        archive.ifPresent(directory -> {
            try {
                check(directory);
            } catch (IOException failure) {
                throw unreadable(directory, failure);
            }
        });
    }

    private void check(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            throw new StartRefused("The WAL archive " + directory + " is no directory; name another one with --wal.");
        }
        if (WalArchive.identityOf(directory)
                .filter(identity -> !identity.equals(copy.systemIdentifier()))
                .isPresent()) {
            throw new StartRefused("The WAL archive " + directory + " is of another database than the backup.");
        }
        WalFile end = WalFile.of(copy.lastWal());
        if (timeline() != end.timeline()) {
            // It is left before its end, so what is missing behind that does not matter.
            return;
        }
        Set<WalFile> kept = WalFile.in(directory);
        WalFile newest = kept.stream()
                .filter(file -> file.timeline() == end.timeline())
                .max(Comparator.naturalOrder())
                .orElse(end);
        for (WalFile next = end.next(); next.compareTo(newest) < 0; next = next.next()) {
            if (!kept.contains(next)) {
                throw new StartRefused("The WAL archive " + directory + " lacks " + next
                        + " although it has later ones; the database can be restored until then only, without them.");
            }
        }
    }

    private long timeline() {
        long own = WalFile.of(copy.lastWal()).timeline();
        return archive.map(directory -> {
                    try {
                        return Timelines.newestAfter(directory, own, copy.stopLsn());
                    } catch (IOException failure) {
                        throw unreadable(directory, failure);
                    }
                })
                .orElse(own);
    }

    private static StartRefused unreadable(Path directory, IOException failure) {
        return new StartRefused("The WAL archive " + directory + " cannot be read: " + failure, failure);
    }

    /** Has the next start recover as an archive does: it ends on a new timeline, never on the copied database's own. */
    void prepare(PostgresCluster cluster) {
        String from = archive.map(WalArchive::quoted).orElse("/nowhere");
        cluster.writeScript(SCRIPT, "from=" + from + "\n" + COPY);
        try {
            Path signal = cluster.directory().resolve("recovery.signal");
            Files.writeString(signal, "");
            cluster.user().give(signal);
        } catch (IOException failure) {
            throw PostgresCluster.unwritable(failure);
        }
    }

    /** Lines of the configuration; the next start writes it anew without them. */
    String configuration() {
        return String.format(Locale.ROOT, """

                restore_command = 'sh ../%s "%%f" "%%p"'
                recovery_target_timeline = '%d'
                recovery_target_action = promote
                archive_mode = off
                # Nobody is let in before it is done.
                hot_standby = off
                """, SCRIPT, timeline())
                + until.map(time -> "recovery_target_time = '" + TIME.format(time) + "'\n")
                        .orElse("");
    }
}
