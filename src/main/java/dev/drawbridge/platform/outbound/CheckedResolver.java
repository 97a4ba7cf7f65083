package dev.drawbridge.platform.outbound;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import org.apache.hc.client5.http.DnsResolver;

/** Resolves a host once for each connection and hands out the very addresses that it has checked. */
final class CheckedResolver implements DnsResolver {

    /** The host leads to an address that we do not send to. */
    static final class AddressRefused extends UnknownHostException {

        private static final long serialVersionUID = 1L;

        AddressRefused(String host) {
            super(host);
        }
    }

    /** The client tries one after the other, and waits for each as long as a connection may take. */
    private static final int ADDRESSES_MAX = 2;

    private final OutboundTargets targets;

    CheckedResolver(OutboundTargets targets) {
        this.targets = targets;
    }

    @Override
    public InetAddress[] resolve(String host) throws UnknownHostException {
        List<InetAddress> addresses = targets.addresses(host);
        if (addresses.isEmpty()) {
            throw new AddressRefused(host);
        }
        return addresses.stream().limit(ADDRESSES_MAX).toArray(InetAddress[]::new);
    }

    @Override
    public String resolveCanonicalHostname(String host) {
        return host;
    }
}
