package dev.drawbridge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.platform.postgres.ChildProcess;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The program as a person backs it up and restores it. */
@Timeout(300)
class BackupProcessTest {

    @TempDir
    private Path parent = Path.of("");

    @Test
    void a_running_server_is_backed_up_and_its_copy_knows_its_keys() throws Exception {
        int port = freePort();
        try (ChildProcess server = start("data", port)) {
            server.awaitLine("ready address=");
            assertThat(run(0, "backup", path("backup"), "--data", path("data")))
                    .singleElement()
                    .asString()
                    .startsWith("drawbridge: backed up to " + path("backup") + ": the database and its files as of ");
            server.terminate();
        }
        String key = demo("operatorKey");

        assertThat(run(0, "restore", path("backup"), "--data", path("copy")))
                .singleElement()
                .asString()
                .startsWith("drawbridge: restored to " + path("copy") + ": as of ");

        int other = freePort();
        try (ChildProcess copy = start("copy", other)) {
            copy.awaitLine("ready address=");
            assertThat(companies(other, key)).isEqualTo(200);
            copy.terminate();
        }
        assertThat(run(1, "restore", path("backup"), "--data", path("copy")).getFirst())
                .contains("is not empty");
        assertThat(run(2, "backup"))
                .containsExactly("drawbridge: Name the one directory that the backup is to be written to.");
    }

    private ChildProcess start(String data, int port) throws IOException {
        return ChildProcess.startProgram(
                Map.of("DRAWBRIDGE_MANAGEMENT_PORT", Integer.toString(freePort())),
                Drawbridge.class,
                "run",
                "--demo",
                "--port",
                Integer.toString(port),
                "--data",
                path(data));
    }

    private static List<String> run(int status, String... arguments) throws IOException, InterruptedException {
        try (ChildProcess command = ChildProcess.startProgram(Drawbridge.class, arguments)) {
            List<String> lines = command.remainingLines();
            assertThat(command.awaitExit()).as("%s", lines).isEqualTo(status);
            return lines;
        }
    }

    private String path(String name) {
        return parent.resolve(name).toString();
    }

    private String demo(String name) throws IOException {
        Matcher value = Pattern.compile("\"" + name + "\" : \"([^\"]+)\"")
                .matcher(Files.readString(parent.resolve("data/demo-credentials.json")));
        assertThat(value.find()).isTrue();
        return value.group(1);
    }

    private int companies(int port, String key) throws IOException, InterruptedException {
        URI address = URI.create(
                "http://127.0.0.1:" + port + "/" + demo("tenant") + "/" + demo("environment") + "/companies");
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpRequest request =
                    HttpRequest.newBuilder(address).header("x-np-api-key", key).build();
            return client.send(request, BodyHandlers.discarding()).statusCode();
        }
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
