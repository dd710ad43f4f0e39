package dev.callboard.pipelines;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Which addresses a task's input may have. Whether one may be reached is for the stage to say that fetches it. */
public final class AddressRules {
    /** The longest address, in characters. */
    static final int MAX_LENGTH = 2_000;

    private static final Set<String> SCHEMES = Set.of("http", "https");

    private AddressRules() {}

    /** What is wrong with an address. */
    public static Optional<String> fault(String address) {
        if (address.length() > MAX_LENGTH) {
            return Optional.of("must have at most " + MAX_LENGTH + " characters, it has " + address.length());
        }
        URI uri;
        try {
            uri = new URI(address);
        } catch (URISyntaxException e) {
            return Optional.of("is not an address: " + e.getReason() + " at character " + (e.getIndex() + 1));
        }
        String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
        if (!SCHEMES.contains(scheme)) {
            return Optional.of("must begin with http:// or https://");
        }
        if (uri.getRawUserInfo() != null
                || String.valueOf(uri.getRawAuthority()).contains("@")) {
            return Optional.of("must not have a user name or password in it");
        }
        return uri.getHost() == null ? Optional.of("has no host") : Optional.empty();
    }

    /** The last part of an address' path, else its host. */
    public static String name(String address) {
        URI uri = URI.create(address);
        String path = uri.getPath() == null ? "" : uri.getPath().replaceFirst("/+$", "");
        String last = path.substring(path.lastIndexOf('/') + 1);
        return last.isEmpty() ? String.valueOf(uri.getHost()) : last;
    }
}
