package dev.drawbridge;

import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.Map;
import java.util.Optional;

/** Whether our ports are free, found out before the database is started, which takes seconds. */
final class Ports {

    private Ports() {}

    /** The sentence that refuses the start, if one is taken or is none. */
    static Optional<String> refusal(CommandLine.Run run, Map<String, String> properties) {
        Optional<Integer> management = CommandLine.port(properties.getOrDefault("management.server.port", ""));
        if (management.isEmpty()) {
            return Optional.of(
                    "DRAWBRIDGE_MANAGEMENT_PORT is no port; choose one from 1 to " + CommandLine.PORT_MAX + ".");
        }
        if (isTaken(properties.getOrDefault("server.address", ""), run.port())) {
            return Optional.of(inUse(run.port(), run));
        }
        return management.filter(port -> isTaken("127.0.0.1", port)).map(port -> inUse(port, run));
    }

    static String inUse(int port, CommandLine.Run run) {
        return port == run.port()
                ? "Port " + port + " is in use; choose another with --port."
                : "Port " + port + ", for the management, is in use; choose another with DRAWBRIDGE_MANAGEMENT_PORT.";
    }

    private static boolean isTaken(String address, int port) {
        try (var probe = new ServerSocket()) {
            probe.bind(new InetSocketAddress(address, port));
            return false;
        } catch (BindException taken) {
            return true;
        } catch (IOException other) {
            // Whatever it is, such as an address that nobody knows, the start itself will say it.
            return false;
        }
    }
}
