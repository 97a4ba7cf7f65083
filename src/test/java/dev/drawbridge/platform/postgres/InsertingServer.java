package dev.drawbridge.platform.postgres;

import dev.drawbridge.fixtures.TestDatabase;
import java.nio.file.Path;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** A process that inserts one row a transaction and prints each number once it is acknowledged, until it is killed. */
final class InsertingServer {

    static final String TABLE = "public.acknowledged";

    private InsertingServer() {}

    public static void main(String[] arguments) throws Exception {
        EmbeddedPostgres postgres = EmbeddedPostgres.start(Path.of(arguments[0]), TestDatabase.BINARIES, 20);
        DatabaseServer server = postgres.server();
        DataSource source = new SingleConnectionDataSource(
                Connections.unpooled(server.url(), server.owner().orElseThrow(), "")
                        .getConnection(),
                true);
        JdbcClient jdbc = JdbcClient.create(source);
        jdbc.sql("create table if not exists " + TABLE + " (number integer primary key)")
                .update();
        for (int number = 1; ; number++) {
            jdbc.sql("insert into " + TABLE + " values (?)").param(number).update();
            System.out.println(number);
        }
    }
}
