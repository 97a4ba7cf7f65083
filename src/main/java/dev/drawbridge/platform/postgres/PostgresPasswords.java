package dev.drawbridge.platform.postgres;

import dev.drawbridge.platform.server.PrivateFiles;
import dev.drawbridge.platform.server.StartRefused;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Properties;

/**
 * The passwords of the embedded PostgreSQL's three roles, made once and kept in a file.
 *
 * @param superuser provisions the other two and does nothing else
 * @param owner owns schemas and tables: migrations
 * @param application reads and writes rows, bound by row-level security
 */
record PostgresPasswords(String superuser, String owner, String application) {

    private static final int BYTES = 24;

    static PostgresPasswords keptIn(Path file) {
        String text = PrivateFiles.readOrCreate(
                file, () -> "superuser=" + random() + "\nowner=" + random() + "\napplication=" + random());
        var lines = new Properties();
        try {
            lines.load(new StringReader(text));
        } catch (IOException | IllegalArgumentException failure) {
            throw new StartRefused("The file " + file + " is damaged; restore it from a backup.", failure);
        }
        return new PostgresPasswords(line(lines, "superuser"), line(lines, "owner"), line(lines, "application"));
    }

    private static String line(Properties lines, String role) {
        String password = lines.getProperty(role);
        if (password == null) {
            throw new StartRefused("The file with the passwords of the embedded PostgreSQL has none for " + role
                    + "; restore it from a backup.");
        }
        return password;
    }

    private static String random() {
        byte[] bytes = new byte[BYTES];
        new SecureRandom().nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    @Override
    public String toString() {
        return "PostgresPasswords[...]";
    }
}
