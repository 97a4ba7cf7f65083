package dev.drawbridge.platform.outbound;

import java.net.InetAddress;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** The hosts that the operator lets be called although they are not public, or do not speak TLS. */
@Component
class AllowedHosts {

    private final Set<String> names = new HashSet<>();
    private final Set<InetAddress> addresses = new HashSet<>();

    /** @param given host names and addresses, separated by commas; may be empty */
    AllowedHosts(@Value("${drawbridge.webhooks.allowed-hosts}") String given) {
        for (String entry : given.split(",", -1)) {
            String host = canonical(entry.strip());
            if (!host.isEmpty()) {
                add(host);
            }
        }
    }

    /** Whether the host of a URL, a name or an address, was named as such. */
    boolean include(String host) {
        String canonical = canonical(host);
        return names.contains(canonical) || isNamedAddress(canonical);
    }

    /** Whether this address was named; then it is good whatever name led to it. */
    boolean include(InetAddress address) {
        return addresses.contains(address);
    }

    /** In lower case, without the brackets of IPv6 and the dot at the end of an absolute name. */
    static String canonical(String host) {
        String lower = host.toLowerCase(Locale.ROOT);
        String bare = lower.startsWith("[") && lower.endsWith("]") ? lower.substring(1, lower.length() - 1) : lower;
        return bare.endsWith(".") ? bare.substring(0, bare.length() - 1) : bare;
    }

    private void add(String host) {
        try {
            addresses.add(InetAddress.ofLiteral(host));
        } catch (IllegalArgumentException noAddress) {
            names.add(host);
        }
    }

    private boolean isNamedAddress(String host) {
        try {
            return addresses.contains(InetAddress.ofLiteral(host));
        } catch (IllegalArgumentException noAddress) {
            return false;
        }
    }
}
