package dev.drawbridge;

import dev.drawbridge.platform.server.StartRefused;
import java.util.LinkedHashMap;
import java.util.Map;

/** The settings that follow from the command line and, where it says nothing, from the environment. */
final class RunProperties {

    private static final String LOOPBACK = "127.0.0.1";
    private static final String EVERY_ADDRESS = "0.0.0.0";

    private RunProperties() {}

    /** @throws StartRefused where a variable has a value that it cannot have */
    static Map<String, String> of(CommandLine.Run run, Map<String, String> environment) {
        int port = run.port();
        Map<String, String> properties = new LinkedHashMap<>();
        properties.put("drawbridge.server.port", Integer.toString(port));
        properties.put("drawbridge.server.data", run.data().toString());
        properties.put("drawbridge.server.demo", Boolean.toString(run.demo()));
        if (run.setup() != null) {
            properties.put(
                    "drawbridge.server.setup", run.setup().toAbsolutePath().toString());
        }
        properties.put(
                "drawbridge.server.public-base-url",
                given(environment, "DRAWBRIDGE_PUBLIC_BASE_URL", "http://localhost:" + port));
        // The demo's keys are in a file that its examples read: nobody else on the network is let in.
        properties.put("server.address", given(environment, "DRAWBRIDGE_BIND", run.demo() ? LOOPBACK : EVERY_ADDRESS));
        properties.put(
                "management.server.port",
                given(environment, "DRAWBRIDGE_MANAGEMENT_PORT", Integer.toString(managementPort(port))));
        properties.put("drawbridge.stop-delay", stopDelay(environment));
        switch (given(environment, "DRAWBRIDGE_LOG_FORMAT", run.demo() ? "text" : "json")) {
            case "text" -> {}
            case "json" -> properties.put("logging.structured.format.console", "ecs");
            default -> throw new StartRefused("DRAWBRIDGE_LOG_FORMAT must be text or json.");
        }
        return properties;
    }

    /** A number without its unit could be read as milliseconds. */
    private static String stopDelay(Map<String, String> environment) {
        String delay = given(environment, "DRAWBRIDGE_STOP_DELAY", "0s");
        if (!delay.matches("[0-9]{1,3}s")) {
            throw new StartRefused("DRAWBRIDGE_STOP_DELAY must be 0s to 999s, for instance 5s.");
        }
        return delay;
    }

    private static int managementPort(int port) {
        return port < CommandLine.PORT_MAX ? port + 1 : port - 1;
    }

    private static String given(Map<String, String> environment, String name, String otherwise) {
        String value = environment.getOrDefault(name, "").strip();
        return value.isEmpty() ? otherwise : value;
    }
}
