package dev.callboard.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * How the server is known outside, behind a proxy or by a name of its own.
 *
 * @param scheme {@code http} or {@code https}
 * @param host a name or an address, in lower case; IPv6 in brackets
 * @param port -1 for the scheme's own
 * @param prefix the path under which it is known, such as {@code /board}; empty for the root. The proxy takes it away
 */
public record PublicUrl(String scheme, String host, int port, String prefix) {
    private static final Pattern PREFIX = Pattern.compile("(?:/[A-Za-z0-9._~-]+)*");

    /** Reads an address such as {@code https://example.org/board}; empty when it is none. */
    static Optional<PublicUrl> parse(String text) {
        try {
            URI uri = new URI(text);
            String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
            String prefix = String.valueOf(uri.getRawPath()).replaceFirst("/$", "");
            boolean usable = Set.of("http", "https").contains(scheme)
                    && uri.getHost() != null
                    && uri.getRawUserInfo() == null
                    && uri.getRawQuery() == null
                    && uri.getRawFragment() == null
                    && PREFIX.matcher(prefix).matches()
                    && !prefix.contains("/..");
            if (!usable) {
                return Optional.empty();
            }
            int port = uri.getPort() == own(scheme) ? -1 : uri.getPort();
            return Optional.of(new PublicUrl(scheme, uri.getHost().toLowerCase(Locale.ROOT), port, prefix));
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }

    private static int own(String scheme) {
        return scheme.equals("https") ? 443 : 80;
    }

    /** As a browser names it in {@code Origin}. */
    public String origin() {
        return scheme + "://" + authority();
    }

    /** As a browser names it in {@code Host}. */
    public String authority() {
        return host + (port < 0 ? "" : ":" + port);
    }
}
