package dev.drawbridge.platform.requests;

import java.util.Optional;

/**
 * Which page of a list was asked for.
 *
 * @param size how many rows at most; read one more to know whether there are more pages
 * @param after the position of the last row of the page before, as the handler gave it to {@link Call#page}; empty for
 *     the first page
 */
public record PageRequest(int size, Optional<String> after) {

    /** How many rows to read, so that one too many shows that another page follows. */
    public int rowsToRead() {
        return size + 1;
    }
}
