package dev.drawbridge.platform.database;

import dev.drawbridge.platform.postgres.DatabaseServer;
import dev.drawbridge.platform.postgres.DatabaseServer.Credentials;
import dev.drawbridge.platform.server.StartRefused;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the address of a PostgreSQL server in the forms that people have at hand. */
final class DatabaseAddress {

    /** User and password, perhaps, then hosts, database and parameters, which the driver takes as they are. */
    private static final Pattern FORM =
            Pattern.compile("(?:jdbc:)?postgres(?:ql)?://(?:(?<user>[^:@/]*)(?::(?<password>[^@/]*))?@)?(?<rest>.+)");

    private DatabaseAddress() {}

    static DatabaseServer read(DatabaseSettings settings) {
        Matcher address = FORM.matcher(settings.url().strip());
        if (!address.matches()) {
            throw new StartRefused("DRAWBRIDGE_DATABASE_URL is not of the form postgresql://host:port/database.");
        }
        String user = firstOf(settings.user(), address.group("user"));
        String password = firstOf(settings.password(), address.group("password"));
        if (user.isEmpty()) {
            throw new StartRefused(
                    "DRAWBRIDGE_DATABASE_URL names a server but no user; set DRAWBRIDGE_DATABASE_USER and _PASSWORD.");
        }
        return new DatabaseServer(
                "jdbc:postgresql://" + address.group("rest"), new Credentials(user, password), owner(settings));
    }

    private static Optional<Credentials> owner(DatabaseSettings settings) {
        return settings.ownerUser().isBlank()
                ? Optional.empty()
                : Optional.of(new Credentials(settings.ownerUser(), settings.ownerPassword()));
    }

    private static String firstOf(String setting, @Nullable String inAddress) {
        if (!setting.isBlank() || inAddress == null) {
            return setting;
        }
        // A plus is a plus here; only the decoder of forms takes it for a space.
        return URLDecoder.decode(inAddress.replace("+", "%2B"), StandardCharsets.UTF_8);
    }
}
