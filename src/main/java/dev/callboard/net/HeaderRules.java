package dev.callboard.net;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Which headers somebody may name for a request to another server. */
public final class HeaderRules {
    private static final Pattern NAME = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]{1,100}");

    /** What belongs to the connection, which the server makes. */
    private static final Set<String> CONNECTION = Set.of(
            "host",
            "content-length",
            "transfer-encoding",
            "connection",
            "keep-alive",
            "upgrade",
            "te",
            "trailer",
            "expect",
            "accept-encoding",
            "proxy-authorization",
            "proxy-connection");

    private HeaderRules() {}

    /** Why a header may not have a name, as the end of a sentence about it. */
    public static Optional<String> nameFault(String name) {
        if (!NAME.matcher(name).matches()) {
            return Optional.of("is not the name of a header");
        }
        return CONNECTION.contains(name.toLowerCase(Locale.ROOT))
                ? Optional.of("belongs to the connection, which the server makes by itself")
                : Optional.empty();
    }

    /** Why a header may not have a value, as the end of a sentence about it. */
    public static Optional<String> valueFault(String value) {
        return value.chars().anyMatch(c -> c != '\t' && Character.isISOControl(c))
                ? Optional.of("must not have control characters such as line breaks")
                : Optional.empty();
    }
}
