package dev.drawbridge.platform.postgres;

import dev.drawbridge.platform.postgres.DatabaseServer.Credentials;
import java.util.Properties;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** Connections for administration: few, and not pooled. */
public final class Connections {

    private Connections() {}

    /**
     * Each connection is a new one.
     *
     * @param options what the session begins with, as {@code -c name=value}
     */
    public static DataSource unpooled(String url, Credentials credentials, String options) {
        var properties = new Properties();
        properties.setProperty("ApplicationName", "drawbridge-administration");
        properties.setProperty("connectTimeout", "5");
        properties.setProperty("options", options);
        var source = new DriverManagerDataSource(url, credentials.user(), credentials.password());
        source.setConnectionProperties(properties);
        return source;
    }
}
