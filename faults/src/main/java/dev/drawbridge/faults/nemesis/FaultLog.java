package dev.drawbridge.faults.nemesis;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * When which fault was injected, in ms since the nodes were up, and how long that took: to be read beside their logs.
 */
public final class FaultLog implements AutoCloseable {

    private final BufferedWriter file;
    private final long began = System.nanoTime();

    public FaultLog(Path file) throws IOException {
        this.file = Files.newBufferedWriter(file);
    }

    synchronized void injected(String fault, long since) throws IOException {
        long now = System.nanoTime();
        file.write((since - began) / 1_000_000 + "\t" + (now - since) / 1_000_000 + "\t" + fault + "\n");
        file.flush();
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
