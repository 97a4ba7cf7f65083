package dev.drawbridge.platform.database;

import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.impl.TimeBasedEpochRandomGenerator;
import java.util.UUID;

/** Ids for new rows: UUID version 7, so that rows of one time lie together in their indexes. Not for secrets. */
public final class RowIds {

    private static final TimeBasedEpochRandomGenerator GENERATOR = Generators.timeBasedEpochRandomGenerator();

    private RowIds() {}

    public static UUID next() {
        return GENERATOR.generate();
    }
}
