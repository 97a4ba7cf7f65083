package dev.drawbridge.faults.cluster;

import java.io.IOException;
import java.util.concurrent.TimeUnit;

/** Signals to processes that this run started, by their id. */
final class Signals {

    private static final int SECONDS_MAX = 10;

    private Signals() {}

    /** @param signal without SIG: {@code KILL}, {@code STOP}, {@code CONT}, {@code TERM}, {@code QUIT}, {@code INT} */
    static void send(String signal, ProcessHandle process) throws IOException, InterruptedException {
        if (!process.isAlive()) {
            return;
        }
        Process kill = new ProcessBuilder("kill", "-s", signal, Long.toString(process.pid()))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        if (!kill.waitFor(SECONDS_MAX, TimeUnit.SECONDS)) {
            kill.destroyForcibly();
        }
    }
}
