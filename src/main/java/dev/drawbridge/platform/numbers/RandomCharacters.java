package dev.drawbridge.platform.numbers;

import java.security.SecureRandom;

/**
 * Secure random characters, each of an alphabet equally likely. Takes its bytes a few at a time: the generator is
 * shared by all threads, and asking it for every single character would queue them up.
 */
final class RandomCharacters {

    private static final int BYTES_AT_A_TIME = 32;
    private static final int BYTE_VALUES = 256;

    private final SecureRandom random;
    private final byte[] bytes = new byte[BYTES_AT_A_TIME];
    private int used = BYTES_AT_A_TIME;

    RandomCharacters(SecureRandom random) {
        this.random = random;
    }

    void append(StringBuilder number, Alphabet alphabet, int count) {
        for (int drawn = 0; drawn < count; drawn++) {
            number.append(alphabet.at(index(alphabet.size())));
        }
    }

    /** Bytes beyond the largest multiple of the size are thrown away: they would make the first characters likelier. */
    private int index(int size) {
        int fair = BYTE_VALUES - BYTE_VALUES % size;
        int value = nextByte();
        while (value >= fair) {
            value = nextByte();
        }
        return value % size;
    }

    private int nextByte() {
        if (used == BYTES_AT_A_TIME) {
            random.nextBytes(bytes);
            used = 0;
        }
        return Byte.toUnsignedInt(bytes[used++]);
    }
}
