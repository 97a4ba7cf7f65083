package dev.drawbridge.platform.backup;

import dev.drawbridge.platform.database.Migrations;
import dev.drawbridge.platform.postgres.DatabaseServer;
import dev.drawbridge.platform.postgres.EmbeddedPostgres;
import dev.drawbridge.platform.postgres.NewDataDirectory;
import dev.drawbridge.platform.server.StartRefused;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Puts the rows of a backup into a database that the migrations have just made: all of them, or none. */
final class RowsRestore {

    private final BackupPlaces places;
    private final Path backup;
    private final BackupContents manifest;
    private final BackupContents.Rows rows;

    RowsRestore(BackupPlaces places, Path backup, BackupContents manifest, BackupContents.Rows rows) {
        this.places = places;
        this.backup = backup;
        this.manifest = manifest;
        this.rows = rows;
    }

    void run() throws IOException {
        try (NewDataDirectory target = NewDataDirectory.make(places.data())) {
            // All of it before any of it is read as rows: what PostgreSQL says of a torn file shows a guest's data.
            for (BackupContents.File file : manifest.files()) {
                CheckedCopy.verify(backup, file);
            }
            for (BackupContents.File file : manifest.files()) {
                if (!file.path().startsWith(BackupContents.ROWS)) {
                    CheckedCopy.restore(backup, file, target);
                }
            }
            if (places.external().isPresent()) {
                into(places.external().get());
            } else {
                try (EmbeddedPostgres postgres = target.start(places.binaries(), Optional.empty())) {
                    into(postgres.server());
                }
            }
            target.finish();
        }
    }

    private void into(DatabaseServer server) throws IOException {
        Migrations.run(server);
        String schema = Migrations.version(server);
        if (!schema.equals(rows.schema())) {
            throw new StartRefused("The rows are of schema " + rows.schema() + ", this Drawbridge makes schema "
                    + schema + "; restore them with Drawbridge " + manifest.drawbridge()
                    + ", then start this one on them.");
        }
        try (RowsStore store = RowsStore.writing(server)) {
            List<BackupContents.Table> tables = store.tables();
            if (!names(tables).equals(names(rows.tables()))) {
                throw new StartRefused("The backup has other tables than the database: " + names(rows.tables())
                        + " are not " + names(tables) + ".");
            }
            List<BackupContents.Table> byCompany = new ArrayList<>();
            for (BackupContents.Table table : rows.tables()) {
                if (store.isByCompany(table)) {
                    byCompany.add(table);
                }
                store.open(table);
            }
            for (BackupContents.Table table : rows.tables()) {
                copy(store, table);
            }
            rows.sequences().forEach(store::set);
            store.afterRestore();
            rows.tables().forEach(table -> store.close(table, byCompany.contains(table)));
            store.commit();
        }
    }

    private void copy(RowsStore store, BackupContents.Table table) throws IOException {
        if (!store.isEmpty(table)) {
            throw new StartRefused(
                    "The database has rows in " + table.fullName() + "; rows are restored into an empty one only.");
        }
        BackupContents.File file = manifest.find(table.file())
                .orElseThrow(() -> new StartRefused("The backup lacks the rows of " + table.fullName() + "."));
        try (InputStream in = CheckedCopy.open(backup, file)) {
            long read = store.copyIn(table, in);
            if (read != table.rows()) {
                throw new StartRefused("The backup has " + read + " rows of " + table.fullName() + ", not "
                        + table.rows() + " as it says; restore another backup.");
            }
        }
    }

    private static String names(List<BackupContents.Table> tables) {
        return tables.stream().map(BackupContents.Table::fullName).sorted().collect(Collectors.joining(", "));
    }
}
