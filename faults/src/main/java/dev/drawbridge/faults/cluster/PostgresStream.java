package dev.drawbridge.faults.cluster;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;

/**
 * One connection of PostgreSQL's protocol, version 3, watched for COMMITs. The driver prepares even the COMMIT, so that
 * its text is seen once (Parse) and its name afterwards (Bind).
 */
final class PostgresStream {

    /** CommandComplete of a COMMIT: 'C', length 11, "COMMIT", 0. */
    private static final byte[] COMMITTED = {'C', 0, 0, 0, 11, 'C', 'O', 'M', 'M', 'I', 'T', 0};

    private static final int HEADER = 5;
    private static final int MESSAGE_MAX = 64 * 1024 * 1024;

    private final Set<String> commits = new HashSet<>();
    private byte[] unread = {};
    private byte[] answerTail = {};
    private boolean begun;

    /** Whether the chunk from the client has the message that asks to commit. */
    boolean asksToCommit(byte[] chunk, int length) {
        byte[] all = joined(unread, chunk, length);
        int at = 0;
        boolean commit = false;
        while (true) {
            int header = begun ? HEADER : HEADER - 1;
            if (all.length - at < header) {
                break;
            }
            int size = ByteBuffer.wrap(all, at + header - 4, 4).getInt() + header - 4;
            if (size < header || size > MESSAGE_MAX || all.length - at < size) {
                break;
            }
            if (begun) {
                commit |= isCommit((char) all[at], all, at + header, at + size);
            }
            begun = true;
            at += size;
        }
        unread = Arrays.copyOfRange(all, at, all.length);
        return commit;
    }

    /** Whether the chunk from the server ends what says that a COMMIT was carried out. */
    boolean saysCommitted(byte[] chunk, int length) {
        byte[] all = joined(answerTail, chunk, length);
        answerTail = Arrays.copyOfRange(all, Math.max(0, all.length - COMMITTED.length + 1), all.length);
        for (int from = 0; from + COMMITTED.length <= all.length; from++) {
            if (Arrays.equals(all, from, from + COMMITTED.length, COMMITTED, 0, COMMITTED.length)) {
                return true;
            }
        }
        return false;
    }

    private boolean isCommit(char type, byte[] all, int from, int to) {
        return switch (type) {
            case 'Q' -> text(all, from, to).equals("COMMIT");
            case 'P' -> {
                String name = text(all, from, to);
                String query = text(all, from + bytes(name) + 1, to);
                if (query.equals("COMMIT")) {
                    commits.add(name);
                } else {
                    commits.remove(name);
                }
                yield false;
            }
            case 'B' -> {
                String portal = text(all, from, to);
                yield commits.contains(text(all, from + bytes(portal) + 1, to));
            }
            default -> false;
        };
    }

    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    private static String text(byte[] all, int from, int to) {
        int end = from;
        while (end < to && all[end] != 0) {
            end++;
        }
        return new String(all, from, end - from, StandardCharsets.UTF_8);
    }

    private static byte[] joined(byte[] before, byte[] chunk, int length) {
        byte[] all = Arrays.copyOf(before, before.length + length);
        System.arraycopy(chunk, 0, all, before.length, length);
        return all;
    }
}
