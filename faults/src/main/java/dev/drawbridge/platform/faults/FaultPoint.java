package dev.drawbridge.platform.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * Stands before the product's class of this name on the class path of the nodes. A place is armed by a file of its name
 * in the node's directory, whose text is the action; whoever hits the place first takes the file and acts.
 */
public final class FaultPoint {

    private static final int HALTED = 137;
    private static final Path ARMED = Path.of(System.getProperty("faults.armed", "armed"));

    private FaultPoint() {}

    /** @param name of the place */
    public static void hit(String name) {
        Path file = ARMED.resolve(name);
        if (!Files.exists(file)) {
            return;
        }
        try {
            Path taken = file.resolveSibling(name + ".hit");
            Files.move(file, taken, StandardCopyOption.ATOMIC_MOVE);
            act(name, Files.readString(taken).strip());
        } catch (NoSuchFileException anotherThreadWasFirst) {
            // It acts.
        } catch (IOException failure) {
            throw new IllegalStateException("The fault point " + name + " cannot be read", failure);
        }
    }

    private static void act(String name, String action) throws IOException {
        switch (action) {
            case "halt" -> Runtime.getRuntime().halt(HALTED);
            case "stop" -> stop();
            case "throw" -> throw transientFailure(name);
            default -> throw new IllegalStateException("No action " + action);
        }
    }

    /** As from outside, but exactly here: the whole process, until the harness lets it go on. */
    private static void stop() throws IOException {
        Process kill = new ProcessBuilder(
                        "kill", "-STOP", Long.toString(ProcessHandle.current().pid()))
                .start();
        try {
            kill.waitFor();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** What the database's driver would say of a fault that passes; named by text, for only the node has the class. */
    private static RuntimeException transientFailure(String name) {
        try {
            return (RuntimeException) Class.forName("org.springframework.dao.TransientDataAccessResourceException")
                    .getConstructor(String.class)
                    .newInstance("Thrown at the fault point " + name);
        } catch (ReflectiveOperationException missing) {
            throw new IllegalStateException("The node has no Spring", missing);
        }
    }
}
