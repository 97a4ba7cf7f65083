package dev.drawbridge.setup;

import dev.drawbridge.platform.access.Caller;
import dev.drawbridge.platform.server.ServerSettings;
import dev.drawbridge.platform.server.StartRefused;
import dev.drawbridge.platform.web.Problem;
import dev.drawbridge.platform.web.Violation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * Loads the demo and the setup file that the server was started with, before it listens: whoever reaches it finds them
 * in place. A file that cannot be applied ends the start.
 */
@Component
class SetupAtStart implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(SetupAtStart.class);

    /** Before the web server, which starts among the last. */
    private static final int PHASE = 0;

    private static final int VIOLATIONS_SHOWN_MAX = 20;

    private final ServerSettings settings;
    private final Demo demo;
    private final SetupApplication application;
    private final JsonMapper json;
    private volatile boolean running;

    SetupAtStart(ServerSettings settings, Demo demo, SetupApplication application, JsonMapper json) {
        this.settings = settings;
        this.demo = demo;
        this.application = application;
        this.json = json;
    }

    @Override
    public void start() {
        if (settings.demo()) {
            demo.load();
        }
        settings.setupFile().ifPresent(this::apply);
        running = true;
    }

    @Override
    public void stop() {
        running = false;
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public int getPhase() {
        return PHASE;
    }

    private void apply(Path file) {
        try {
            ValidSetup setup = SetupValidation.of(SetupDocument.ofYaml(bytes(file)), CompanyPlace.ANYWHERE, json);
            SetupOutcome outcome = application.apply(setup, Caller.PLATFORM).outcome();
            LOG.info("setup_applied company=\"{}\" {}", setup.company().name(), outcome.byName());
        } catch (Problem refused) {
            throw new StartRefused("The setup file " + file + " cannot be applied. " + described(refused), refused);
        }
    }

    private static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException unreadable) {
            throw new StartRefused("The setup file " + file + " cannot be read: " + unreadable, unreadable);
        }
    }

    private static String described(Problem refused) {
        List<Violation> details = refused.details();
        if (details.isEmpty()) {
            return refused.getMessage();
        }
        String shown = details.stream()
                .limit(VIOLATIONS_SHOWN_MAX)
                .map(violation -> violation.field() + ": " + violation.message())
                .collect(Collectors.joining("\n  ", "\n  ", ""));
        int more = details.size() - VIOLATIONS_SHOWN_MAX;
        return more > 0 ? shown + "\n  and " + more + " more." : shown;
    }
}
