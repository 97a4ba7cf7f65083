package dev.drawbridge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.platform.postgres.ChildProcess;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The program as a person starts and stops it. */
@Timeout(180)
class ServerProcessTest {

    private static final int TERMINATED = 128 + 15;

    @TempDir
    private Path parent = Path.of("");

    @Test
    void it_starts_alone_on_its_data_directory_and_a_termination_ends_all_of_it() throws Exception {
        int port = freePort();
        try (ChildProcess server = start(port)) {
            server.awaitLine("ready address=http://localhost:" + port);
            ProcessHandle postmaster = ProcessHandle.of(
                            Long.parseLong(Files.readAllLines(parent.resolve("data/postgres/cluster/postmaster.pid"))
                                    .getFirst()))
                    .orElseThrow();
            assertThat(statusOf(port, "/livez")).isEqualTo(200);
            assertThat(statusOf(port, "/actuator/prometheus"))
                    .as("metrics are on the other port")
                    .isEqualTo(404);
            assertThat(statusOf(port + 1, "/actuator/prometheus")).isEqualTo(200);

            try (ChildProcess second = start(freePort())) {
                assertThat(second.remainingLines())
                        .singleElement()
                        .asString()
                        .startsWith("drawbridge: Another Drawbridge is running on the data directory");
                assertThat(second.awaitExit()).isEqualTo(1);
            }

            assertThat(server.terminate()).isEqualTo(TERMINATED);
            assertThat(postmaster.isAlive())
                    .as("the database ends with the server")
                    .isFalse();
        }
    }

    @Test
    void a_port_in_use_is_told_in_a_sentence() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("0.0.0.0"));
                ChildProcess server = start(taken.getLocalPort())) {
            assertThat(server.remainingLines())
                    .containsExactly(
                            "drawbridge: Port " + taken.getLocalPort() + " is in use; choose another with --port.");
            assertThat(server.awaitExit()).isEqualTo(1);
        }
    }

    @Test
    void an_option_that_does_not_exist_ends_it_with_2() throws Exception {
        try (ChildProcess server = ChildProcess.startProgram(Drawbridge.class, "run", "--nonsense")) {
            assertThat(server.remainingLines())
                    .containsExactly("drawbridge: There is no option '--nonsense'; --help lists those that there are.");
            assertThat(server.awaitExit()).isEqualTo(2);
        }
    }

    private ChildProcess start(int port) throws IOException {
        return ChildProcess.startProgram(
                Drawbridge.class,
                "run",
                "--port",
                Integer.toString(port),
                "--data",
                parent.resolve("data").toString());
    }

    private static int statusOf(int port, String path) throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            URI address = URI.create("http://127.0.0.1:" + port + path);
            return client.send(HttpRequest.newBuilder(address).build(), BodyHandlers.discarding())
                    .statusCode();
        }
    }

    /** One whose next is free as well, for the management. */
    private static int freePort() throws IOException {
        while (true) {
            try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                    var next = new ServerSocket(socket.getLocalPort() + 1, 1, InetAddress.getLoopbackAddress())) {
                return next.getLocalPort() - 1;
            } catch (BindException taken) {
                // another pair
            }
        }
    }
}
