package dev.drawbridge.platform.outbound;

import dev.drawbridge.platform.server.ServerSettings;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/**
 * Which addresses we send to: https to public hosts other than ourselves. The form is checked once; what a name
 * resolves to is checked whenever it is used, for it may change at any time.
 */
@Component
public class OutboundTargets implements AutoCloseable {

    private static final Pattern ENDS_IN_NUMBER = Pattern.compile("(.*\\.)?(0[xX])?[0-9]+\\.?");
    private static final Pattern IPV4 = Pattern.compile("([0-9]{1,3}\\.){3}[0-9]{1,3}");
    private static final int HTTPS_PORT = 443;
    private static final int UNPRIVILEGED_MIN = 1_024;
    private static final int PORT_MAX = 65_535;

    private final AllowedHosts allowed;
    private final ServerSettings server;
    private final HostAddresses addresses;

    @Autowired
    OutboundTargets(AllowedHosts allowed, ServerSettings server) {
        this(allowed, server, InetAddress::getAllByName);
    }

    OutboundTargets(AllowedHosts allowed, ServerSettings server, HostAddresses.Resolver resolver) {
        this.allowed = allowed;
        this.server = server;
        this.addresses = new HostAddresses(resolver);
    }

    /** What the address itself says; where its host leads is {@link #refusalOfHost}. */
    public Optional<TargetRefusal> refusalOf(String url) {
        URI uri;
        try {
            uri = new URI(url);
        } catch (URISyntaxException malformed) {
            return Optional.of(TargetRefusal.NO_URL);
        }
        String host = uri.getHost();
        if (uri.getScheme() == null || host == null || !isPlain(host) || uri.getPort() > PORT_MAX) {
            return Optional.of(TargetRefusal.NO_URL);
        }
        if (uri.getRawUserInfo() != null) {
            return Optional.of(TargetRefusal.HAS_USER);
        }
        return uri.getRawFragment() != null ? Optional.of(TargetRefusal.HAS_FRAGMENT) : refusalOf(uri, host);
    }

    /** Neither a zone of an address nor an address in one of the forms that resolvers take for one, such as 127.1. */
    private static boolean isPlain(String host) {
        return !host.contains("%")
                && (!ENDS_IN_NUMBER.matcher(host).matches()
                        || IPV4.matcher(host).matches());
    }

    private Optional<TargetRefusal> refusalOf(URI uri, String host) {
        String scheme = uri.getScheme().toLowerCase(Locale.ROOT);
        boolean lifted = allowed.include(host);
        if (!scheme.equals("https") && !(lifted && scheme.equals("http"))) {
            return Optional.of(TargetRefusal.NOT_HTTPS);
        }
        if (isOwn(uri, host, lifted)) {
            return Optional.of(TargetRefusal.OWN_HOST);
        }
        int port = uri.getPort();
        boolean usual = port == -1 || port == HTTPS_PORT || port >= UNPRIVILEGED_MIN;
        return lifted || usual ? Optional.empty() : Optional.of(TargetRefusal.PORT);
    }

    /** On a host that the operator allows, other ports than ours are somebody else's. */
    private boolean isOwn(URI uri, String host, boolean lifted) {
        URI own = server.publicBaseUrl();
        return AllowedHosts.canonical(host).equals(AllowedHosts.canonical(own.getHost()))
                && (!lifted || port(uri) == port(own));
    }

    private static int port(URI uri) {
        int usual = "https".equalsIgnoreCase(uri.getScheme()) ? HTTPS_PORT : 80;
        return uri.getPort() == -1 ? usual : uri.getPort();
    }

    /** Where the host leads now; a name that nobody knows yet is refused when it is used, not before. */
    public Optional<TargetRefusal> refusalOfHost(String host) {
        try {
            return addresses(host).isEmpty() ? Optional.of(TargetRefusal.NOT_PUBLIC) : Optional.empty();
        } catch (UnknownHostException unknown) {
            return Optional.empty();
        }
    }

    /** The addresses of the host, if each of them is one that we send to; else none. */
    List<InetAddress> addresses(String host) throws UnknownHostException {
        String name = AllowedHosts.canonical(host);
        List<InetAddress> found = addresses.of(name);
        boolean good = allowed.include(name)
                || found.stream().allMatch(address -> PublicAddresses.include(address) || allowed.include(address));
        return good ? found : List.of();
    }

    @Override
    public void close() {
        addresses.close();
    }
}
