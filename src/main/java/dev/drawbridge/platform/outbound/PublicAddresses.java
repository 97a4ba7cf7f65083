package dev.drawbridge.platform.outbound;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.List;
import java.util.stream.Stream;

/**
 * Which addresses belong to the public internet. Java's own {@code is...Local} methods do not know unique local,
 * shared, embedded and reserved ones, so the ranges are written out (IANA's special-purpose registries).
 */
final class PublicAddresses {

    private record Range(byte[] network, int bits) {

        static Range of(String text) {
            int slash = text.indexOf('/');
            byte[] network = InetAddress.ofLiteral(text.substring(0, slash)).getAddress();
            return new Range(network, Integer.parseInt(text.substring(slash + 1)));
        }

        boolean has(byte[] address) {
            if (address.length != network.length) {
                return false;
            }
            for (int bit = 0; bit < bits; bit++) {
                int mask = 0x80 >> (bit % Byte.SIZE);
                if (((address[bit / Byte.SIZE] ^ network[bit / Byte.SIZE]) & mask) != 0) {
                    return false;
                }
            }
            return true;
        }
    }

    private static final List<Range> NOT_PUBLIC_V4 = ranges(
            "0.0.0.0/8", // this network
            "10.0.0.0/8", // private
            "100.64.0.0/10", // shared by carriers; a cloud's metadata
            "127.0.0.0/8", // loopback
            "168.63.129.16/32", // a cloud's metadata
            "169.254.0.0/16", // link-local; most clouds' metadata
            "172.16.0.0/12", // private
            "192.0.0.0/24", // protocol assignments; a cloud's metadata
            "192.0.2.0/24", // documentation
            "192.88.99.0/24", // 6to4 relays
            "192.168.0.0/16", // private
            "198.18.0.0/15", // benchmarks
            "198.51.100.0/24", // documentation
            "203.0.113.0/24", // documentation
            "224.0.0.0/4", // multicast
            "240.0.0.0/4"); // reserved, broadcast

    /** Everything else, such as loopback, mapped, NAT64, unique local and link-local addresses, is not global. */
    private static final List<Range> GLOBAL_V6 = ranges("2000::/3");

    private static final List<Range> NOT_PUBLIC_V6 = ranges(
            "2001::/23", // protocol assignments; Teredo has an IPv4 address inside
            "2001:db8::/32", // documentation
            "2002::/16", // 6to4: has an IPv4 address inside
            "3fff::/20"); // documentation

    private PublicAddresses() {}

    static boolean include(InetAddress address) {
        byte[] bytes = address.getAddress();
        return address instanceof Inet4Address
                ? !in(NOT_PUBLIC_V4, bytes)
                : in(GLOBAL_V6, bytes) && !in(NOT_PUBLIC_V6, bytes);
    }

    private static boolean in(List<Range> ranges, byte[] address) {
        return ranges.stream().anyMatch(range -> range.has(address));
    }

    private static List<Range> ranges(String... texts) {
        return Stream.of(texts).map(Range::of).toList();
    }
}
