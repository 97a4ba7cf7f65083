package dev.drawbridge.platform.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.drawbridge.fixtures.TestDatabase;
import dev.drawbridge.platform.server.StartRefused;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Each test starts the database of one data directory; the first of them makes it. */
@Timeout(120)
class EmbeddedPostgresTest {

    @TempDir
    private static Path parent = Path.of("");

    private static Path data = parent;

    @BeforeAll
    static void only_its_owner_may_enter_the_directory() throws IOException {
        Files.setPosixFilePermissions(parent, PosixFilePermissions.fromString("rwx------"));
        data = parent.resolve("data");
    }

    @AfterAll
    static void nothing_of_it_runs_on() {
        StalePostmaster.end(cluster());
    }

    @Test
    void it_starts_in_a_directory_that_only_its_owner_may_enter_whoever_that_is() throws IOException {
        try (EmbeddedPostgres postgres = start()) {
            assertThat(postgres.running()).isTrue();
            assertThat(permissions(data)).isEqualTo("rwx------");
            assertThat(permissions(data.resolve("postgres/passwords"))).isEqualTo("rw-------");
            assertThat(one(postgres, "select current_setting('listen_addresses')"))
                    .isEqualTo("127.0.0.1");
        }
        assertThat(PostmasterFile.read(cluster())).as("stopped").isEmpty();
    }

    @Test
    void nobody_is_let_in_without_the_password() {
        try (EmbeddedPostgres postgres = start()) {
            var guess = new DatabaseServer.Credentials("drawbridge_owner", "guess");
            JdbcClient guessing =
                    JdbcClient.create(Connections.unpooled(postgres.server().url(), guess, ""));

            assertThatThrownBy(() -> guessing.sql("select 1").query().singleRow())
                    .isInstanceOf(DataAccessException.class)
                    .rootCause()
                    .hasMessageContaining("password authentication failed");
        }
    }

    @Test
    void a_second_live_instance_is_refused_in_a_sentence() {
        try (EmbeddedPostgres first = start()) {
            assertThatThrownBy(EmbeddedPostgresTest::start)
                    .isInstanceOf(StartRefused.class)
                    .hasMessageContaining("Another Drawbridge is running on the data directory");

            assertThat(one(first, "select 'undisturbed'")).isEqualTo("undisturbed");
        }
    }

    @Test
    void a_killed_server_loses_no_acknowledged_row_and_does_not_block_the_next_start() throws Exception {
        int acknowledged;
        long orphan;
        try (ChildProcess server = ChildProcess.start(InsertingServer.class, data.toString())) {
            server.awaitLine("200");
            assertThatThrownBy(EmbeddedPostgresTest::start)
                    .isInstanceOf(StartRefused.class)
                    .hasMessageContaining("Another Drawbridge");

            server.kill();
            List<String> rest = server.remainingLines();
            acknowledged = rest.isEmpty() ? 200 : Integer.parseInt(rest.getLast());
            orphan = PostmasterFile.read(cluster()).orElseThrow().pid();
        }
        assertThat(ProcessHandle.of(orphan))
                .as("the database outlives its server")
                .isPresent();

        try (EmbeddedPostgres postgres = start()) {
            JdbcClient owner = owner(postgres);
            assertThat(owner.sql("select count(*) from public.acknowledged where number <= ?")
                            .param(acknowledged)
                            .query(Integer.class)
                            .single())
                    .isEqualTo(acknowledged);
            owner.sql("drop table public.acknowledged").update();
        }
        assertThat(ProcessHandle.of(orphan).filter(ProcessHandle::isAlive)).isEmpty();
    }

    @Test
    void a_postmaster_that_dies_is_replaced_within_seconds() throws Exception {
        try (EmbeddedPostgres postgres = start()) {
            owner(postgres)
                    .sql("create table public.kept as select 'kept' as word")
                    .update();
            ProcessHandle first = postmaster();

            first.destroyForcibly();
            first.onExit().join();
            await(() -> !postgres.running());
            await(postgres::running);

            assertThat(postmaster()).isNotEqualTo(first);
            assertThat(one(postgres, "select word from public.kept")).isEqualTo("kept");
            owner(postgres).sql("drop table public.kept").update();
        }
    }

    @Test
    void a_pid_that_belongs_to_another_program_by_now_does_not_block_the_start() throws IOException {
        start().close();
        Files.writeString(PostmasterFile.in(cluster()), ProcessHandle.current().pid() + "\n" + cluster() + "\n");

        try (EmbeddedPostgres postgres = start()) {
            assertThat(postgres.running()).isTrue();
        }
    }

    @Test
    void a_port_that_somebody_else_took_is_exchanged_for_a_free_one() throws IOException {
        start().close();
        int before = port();
        try (ServerSocket _ = new ServerSocket(before, 1, InetAddress.getLoopbackAddress());
                EmbeddedPostgres postgres = start()) {
            assertThat(postgres.running()).isTrue();
            assertThat(port()).isNotEqualTo(before);
        }
        int chosen = port();

        start().close();
        assertThat(port()).as("kept while it is free").isEqualTo(chosen);
    }

    @Test
    void ctrl_c_in_the_terminal_does_not_reach_it() throws Exception {
        try (EmbeddedPostgres postgres = start()) {
            long pid = postmaster().pid();
            assertThat(postgres.running()).isTrue();
            assertThat(session(pid))
                    .isEqualTo(pid)
                    .isNotEqualTo(session(ProcessHandle.current().pid()));
        }
    }

    @Test
    void as_root_files_of_another_user_are_served_as_that_user() throws IOException {
        assumeTrue(owner(parent) == 0, "not root");
        Path shared = Files.createTempDirectory("drawbridge");
        Path closed = Files.createDirectory(shared.resolve("data"));
        Path home = Files.createDirectory(closed.resolve("postgres"));
        Files.setPosixFilePermissions(shared, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("rwx------"));
        Files.setAttribute(home, "unix:uid", 65534);

        PostgresUser user = PostgresUser.workingIn(home, Path.of("/bin/sh"));

        assertThat(user.prefix()).startsWith("setpriv");
        assertThat(user.uid()).hasValue(65534);
        PostgresBinaries.delete(shared);
    }

    @Test
    void a_start_that_fails_says_what_postgresql_said() throws IOException {
        start().close();
        Path local = cluster().resolve("local.conf");
        Files.writeString(local, "shared_buffers = 'many'\n");

        assertThatThrownBy(() -> Postmaster.start(PostgresCluster.open(
                        data.resolve("postgres"), PostgresBinaries.unpackedBelow(TestDatabase.BINARIES))))
                .isInstanceOf(StartRefused.class)
                .hasMessageContaining("PostgreSQL did not start");
        Files.delete(local);
    }

    private static EmbeddedPostgres start() {
        return EmbeddedPostgres.start(data, TestDatabase.BINARIES, 20);
    }

    private static Path cluster() {
        return data.toAbsolutePath().resolve("postgres/cluster");
    }

    private static ProcessHandle postmaster() {
        return ProcessHandle.of(PostmasterFile.read(cluster()).orElseThrow().pid())
                .orElseThrow();
    }

    private static JdbcClient owner(EmbeddedPostgres postgres) {
        DatabaseServer server = postgres.server();
        return JdbcClient.create(
                Connections.unpooled(server.url(), server.owner().orElseThrow(), ""));
    }

    private static String one(EmbeddedPostgres postgres, String query) {
        return owner(postgres).sql(query).query(String.class).single();
    }

    private static int port() throws IOException {
        return Integer.parseInt(Files.readString(data.resolve("postgres/port")).strip());
    }

    /** Linux, proc(5): after the name in parentheses come state, parent, group, session. */
    private static long session(long pid) throws IOException {
        Path stat = Path.of("/proc", Long.toString(pid), "stat");
        assumeTrue(Files.exists(stat), "no /proc");
        String text = Files.readString(stat);
        return Long.parseLong(text.substring(text.lastIndexOf(')') + 2).split(" ", 5)[3]);
    }

    private static int owner(Path path) throws IOException {
        return (Integer) Files.getAttribute(path, "unix:uid");
    }

    private static String permissions(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    private static void await(BooleanSupplier condition) {
        long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("It did not come true within 30 s");
            }
            LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
        }
    }
}
