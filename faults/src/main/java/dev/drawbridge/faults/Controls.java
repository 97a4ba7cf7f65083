package dev.drawbridge.faults;

import java.nio.file.Path;

/** The negative controls: does the run catch a product that is broken on purpose? */
record Controls(Path checkout, Options options) {

    boolean run() {
        throw new UnsupportedOperationException("not yet");
    }
}
