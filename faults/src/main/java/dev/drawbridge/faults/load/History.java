package dev.drawbridge.faults.load;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What the clients did and heard, one line for each, written before the call is made and after it was answered: invoke,
 * then ok, fail (no effect) or info (nobody knows). Counts them too.
 */
public final class History implements AutoCloseable {

    private final BufferedWriter file;
    private final long began = System.nanoTime();
    private final AtomicLong operations = new AtomicLong();
    private final Map<String, AtomicLong> counts = new ConcurrentHashMap<>();

    public History(Path file) throws IOException {
        this.file = Files.newBufferedWriter(file);
    }

    /** Answers the operation's number, which its outcome is written under. */
    long invoke(String what, String reference) {
        long operation = operations.incrementAndGet();
        write(operation, "invoke", what, reference);
        return operation;
    }

    void outcome(long operation, Api.Answer answer, String what, String reference) {
        String type =
                switch (answer.outcome()) {
                    case OK -> "ok";
                    case REFUSED -> "fail";
                    case UNKNOWN -> "info";
                };
        counts.computeIfAbsent(what.split(" ", 2)[0] + " " + type, any -> new AtomicLong())
                .incrementAndGet();
        write(operation, type, what + " " + answer.status() + " " + answer.code(), reference + " " + answer.orderId());
    }

    public Map<String, AtomicLong> counts() {
        return new TreeMap<>(counts);
    }

    private synchronized void write(long operation, String type, String what, String reference) {
        try {
            file.write((System.nanoTime() - began) / 1_000 + "\t" + operation + "\t" + type + "\t" + what + "\t"
                    + reference + "\n");
            file.flush();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
