package dev.drawbridge.platform.web;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Whether the pool lends a connection, and what it leads to is our database. */
@Component
class ReadinessStore {

    private final JdbcClient jdbc;

    ReadinessStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    boolean schemaIsThere() {
        return jdbc.sql("select to_regclass('platform.companies') is not null")
                .query(Boolean.class)
                .single();
    }
}
