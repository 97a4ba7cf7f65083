package dev.drawbridge.platform.backup;

import dev.drawbridge.platform.database.Migrations;
import dev.drawbridge.platform.postgres.AdministeredPostgres;
import dev.drawbridge.platform.postgres.DatabaseServer;
import dev.drawbridge.platform.server.StartRefused;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Copies the rows of the database, embedded or not, as they are at one moment, and what the server keeps beside it: the
 * way to another major version of PostgreSQL, and from the embedded database to another and back.
 */
public final class RowsBackup {

    private final BackupPlaces places;

    public RowsBackup(BackupPlaces places) {
        this.places = places;
    }

    /**
     * @param target a directory that does not exist
     * @throws StartRefused with a sentence for the person who wants the backup
     */
    public BackupOutcome take(Path target) {
        try (BackupDirectory backup = BackupDirectory.begin(target, places.data())) {
            if (places.external().isPresent()) {
                return taken(places.external().get(), backup);
            }
            try (AdministeredPostgres postgres = AdministeredPostgres.of(places.data(), places.binaries())) {
                return taken(postgres.server(), backup);
            }
        } catch (IOException failure) {
            throw new StartRefused("The backup cannot be written: " + failure, failure);
        }
    }

    private BackupOutcome taken(DatabaseServer server, BackupDirectory backup) throws IOException {
        BackupContents manifest = copied(server, backup);
        return BackupOutcome.of(backup.finish(manifest), manifest, places, server);
    }

    private BackupContents copied(DatabaseServer server, BackupDirectory backup) throws IOException {
        String schema = Migrations.version(server);
        if (schema.isEmpty()) {
            throw new StartRefused("The database at " + server.url() + " is none of Drawbridge's, or a new one.");
        }
        try (RowsStore store = RowsStore.reading(server)) {
            Instant now = store.now();
            List<UUID> companies = store.companies();
            List<BackupContents.Table> tables = new ArrayList<>();
            for (BackupContents.Table table : TableOrder.of(store.tables(), store.references())) {
                tables.add(table.ofRows(copied(store, table, companies, backup)));
            }
            backup.addOwnFiles(places.data());
            return new BackupContents(
                    BackupContents.FORMAT,
                    BackupDirectory.release(),
                    store.postgresVersion(),
                    now,
                    now,
                    null,
                    new BackupContents.Rows(schema, tables, store.sequences()),
                    backup.directories(),
                    backup.files());
        }
    }

    private static long copied(
            RowsStore store, BackupContents.Table table, List<UUID> companies, BackupDirectory backup)
            throws IOException {
        boolean byCompany = store.isByCompany(table);
        var rows = new AtomicLong();
        backup.add(table.file(), out -> {
            if (!byCompany) {
                rows.set(store.copyOut(table, out));
                return;
            }
            for (UUID company : companies) {
                store.turnTo(company);
                rows.addAndGet(store.copyOut(table, out));
            }
        });
        return rows.get();
    }
}
