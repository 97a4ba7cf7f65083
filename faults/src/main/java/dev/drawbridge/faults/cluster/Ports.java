package dev.drawbridge.faults.cluster;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Ports of loopback that nobody uses, none of them twice in a run. */
public final class Ports {

    private static final int ATTEMPTS_MAX = 100;
    private static final Set<Integer> GIVEN = ConcurrentHashMap.newKeySet();

    private Ports() {}

    public static int free() throws IOException {
        for (int attempt = 0; attempt < ATTEMPTS_MAX; attempt++) {
            try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                if (GIVEN.add(socket.getLocalPort())) {
                    return socket.getLocalPort();
                }
            }
        }
        throw new IOException("No free port was found");
    }
}
