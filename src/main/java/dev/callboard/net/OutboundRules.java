package dev.callboard.net;

import dev.callboard.spi.net.AddressRules;
import dev.callboard.spi.net.RefusedAddress;
import dev.callboard.spi.net.WebAddress;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** What this server may connect to: public addresses and what its operator allows, but never itself. Safe from any thread. */
public final class OutboundRules implements Supplier<AddressRules> {
    private final Set<String> own = new LinkedHashSet<>();
    private volatile AddressRules rules;

    /** @param allow the operator's list */
    public OutboundRules(List<String> allow) {
        this.rules = new AddressRules(allow, List.of(), AddressRules.USUAL_PORTS);
    }

    @Override
    public AddressRules get() {
        return rules;
    }

    /**
     * Says where the server or its database listens, which is refused from now on whatever is allowed.
     *
     * @param host a name or an address of this machine, or the one that stands for all of them
     * @param port 0 when it is not known yet
     */
    public synchronized void listens(String host, int port) {
        if (port > 0) {
            own.addAll(own(host, port));
            rules = rules.listeningAt(List.copyOf(own));
        }
    }

    /**
     * Why an address can never be reached from here, whatever its name leads to, and how to allow it; nothing when it may be.
     * Looks no name up.
     *
     * @param what what has the address, such as "stage"
     * @return sentences
     */
    public static Optional<String> never(AddressRules rules, WebAddress url, String what) {
        return objection(rules, url).map(objection -> {
            // What is refused for another reason when nothing listens here is this server itself: nobody can allow
            // that.
            boolean itself = !objection(rules.listeningAt(List.of()), url).equals(Optional.of(objection));
            return "The address of the " + what + " can never be reached from here: " + objection
                    + (itself ? "" : " See network.allow in the server's configuration.");
        });
    }

    private static Optional<String> objection(AddressRules rules, WebAddress url) {
        boolean here = url.host().equals("localhost") || url.host().endsWith(".localhost");
        if (!here) {
            return rules.objection(url.host(), url.port());
        }
        try {
            rules.permitted(
                    url.host(), url.port(), name -> new InetAddress[] {
                        InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), InetAddress.getByName("::1")
                    });
            return Optional.empty();
        } catch (RefusedAddress e) {
            return Optional.of(String.valueOf(e.getMessage()));
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }

    private static List<String> own(String host, int port) {
        // Where a connection to an address that stands for all ends is up to the system; here it is refused.
        List<String> own = new ArrayList<>(List.of("0.0.0.0/8:" + port, "[::]:" + port));
        try {
            for (InetAddress address : InetAddress.getAllByName(host)) {
                if (address.isLoopbackAddress() || address.isAnyLocalAddress()) {
                    own.add("127.0.0.0/8:" + port);
                    own.add("[::1]:" + port);
                }
                if (address.isAnyLocalAddress()) {
                    NetworkInterface.networkInterfaces()
                            .flatMap(NetworkInterface::inetAddresses)
                            .forEach(each -> own.add(entry(each, port)));
                } else {
                    own.add(entry(address, port));
                }
            }
        } catch (UnknownHostException | SocketException e) {
            throw new IllegalStateException("the addresses of '" + host + "' are not known", e);
        }
        return own;
    }

    private static String entry(InetAddress address, int port) {
        String text = address.getHostAddress().replaceFirst("%.*", "");
        return (text.contains(":") ? "[" + text + "]" : text) + ":" + port;
    }
}
