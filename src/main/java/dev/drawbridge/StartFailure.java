package dev.drawbridge;

import dev.drawbridge.platform.server.PrivateFiles;
import dev.drawbridge.platform.server.StartRefused;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.web.server.PortInUseException;

/** Why a start did not succeed, in one sentence. */
final class StartFailure {

    private StartFailure() {}

    static String sentence(Throwable failure, CommandLine.Run run) {
        return first(failure, StartRefused.class)
                .map(Throwable::getMessage)
                .or(() -> first(failure, PortInUseException.class).map(taken -> Ports.inUse(taken.getPort(), run)))
                .or(() -> first(failure, BindException.class).map(StartFailure::badSetting))
                .orElseGet(() -> unexpected(failure, run.data()));
    }

    private static String badSetting(BindException failure) {
        Throwable cause = causes(failure).reduce((outer, inner) -> inner).orElse(failure);
        return "The setting " + failure.getName() + " is not valid: " + oneLine(cause);
    }

    /** A fault of ours: the sentence says where the rest is, for whoever has to find it. */
    private static String unexpected(Throwable failure, Path data) {
        var trace = new StringWriter();
        failure.printStackTrace(new PrintWriter(trace));
        Path file = data.toAbsolutePath().normalize().resolve("start-failure.txt");
        Throwable cause = causes(failure).reduce((outer, inner) -> inner).orElse(failure);
        try {
            PrivateFiles.directory(data);
            PrivateFiles.write(file, trace.toString());
        } catch (StartRefused unwritable) {
            return "Drawbridge cannot start: " + oneLine(cause);
        }
        return "Drawbridge cannot start: " + oneLine(cause) + "; the details are in " + file + ".";
    }

    static String oneLine(Throwable cause) {
        String message = cause.getMessage();
        return message == null
                ? cause.getClass().getSimpleName()
                : message.lines().findFirst().orElse(cause.getClass().getSimpleName());
    }

    private static <T extends Throwable> Optional<T> first(Throwable failure, Class<T> kind) {
        return causes(failure).filter(kind::isInstance).map(kind::cast).findFirst();
    }

    private static Stream<Throwable> causes(Throwable failure) {
        return Stream.iterate(failure, cause -> cause != null, Throwable::getCause);
    }
}
