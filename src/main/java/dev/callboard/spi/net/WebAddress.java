package dev.callboard.spi.net;

import java.net.IDN;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An http or https address that was read once and is used as it was read: its host is what is looked up.
 *
 * @param scheme {@code http} or {@code https}
 * @param host in lower case, IPv6 without brackets, without a dot at the end
 * @param port always given, 80 or 443 when the text has none
 * @param target path and query as they go over the wire, from the first slash on
 */
public record WebAddress(String scheme, String host, int port, String target) {
    private static final int MAX_LENGTH = 8192;
    private static final Pattern SCHEME =
            Pattern.compile("(?<scheme>[A-Za-z][A-Za-z0-9+.-]*):(?<rest>.*)", Pattern.DOTALL);
    private static final Pattern AUTHORITY = Pattern.compile("//(?<authority>[^/?#]*)(?<target>[^#]*)(#.*)?");
    private static final Pattern HOST_PORT =
            Pattern.compile("(\\[(?<six>[^\\]]*)\\]|(?<name>[^:\\[\\]]*))(:(?<port>[0-9]{0,5}))?");
    private static final Pattern NAME = Pattern.compile("[a-z0-9._-]{1,253}");
    private static final Pattern ESCAPE = Pattern.compile("%(?![0-9A-Fa-f]{2})");
    private static final String NOT_IN_A_URL = "\"<>\\^`{|} ";

    /**
     * Reads an address. Characters that a URL cannot have are percent-encoded; a fragment is dropped.
     *
     * @throws RefusedAddress {@code invalid_url}, or {@code address_refused} for another scheme, a user name, or an IP
     *     address that is not plainly written
     */
    public static WebAddress parse(String text) throws RefusedAddress {
        String given = text.strip();
        if (given.length() > MAX_LENGTH) {
            throw RefusedAddress.invalid("The address is longer than " + MAX_LENGTH + " characters.");
        }
        if (given.isEmpty() || given.chars().anyMatch(Character::isISOControl)) {
            throw RefusedAddress.invalid("The address is empty or has control characters.");
        }
        Matcher matcher = SCHEME.matcher(given);
        if (!matcher.matches()) {
            throw RefusedAddress.invalid("An address begins with http:// or https://.");
        }
        String scheme = matcher.group("scheme").toLowerCase(Locale.ROOT);
        if (!scheme.equals("http") && !scheme.equals("https")) {
            throw RefusedAddress.forbidden("Only http and https addresses are fetched, not " + scheme + ":.");
        }
        matcher = AUTHORITY.matcher(matcher.group("rest"));
        if (!matcher.matches()) {
            throw RefusedAddress.invalid("An address begins with " + scheme + "://.");
        }
        return withAuthority(scheme, matcher.group("authority"), matcher.group("target"));
    }

    private static WebAddress withAuthority(String scheme, String authority, String target) throws RefusedAddress {
        if (authority.contains("@")) {
            throw RefusedAddress.forbidden("The address has a user name or password, which are not sent.");
        }
        Matcher matcher = HOST_PORT.matcher(authority);
        if (!matcher.matches()) {
            throw RefusedAddress.invalid("The address has no valid host.");
        }
        String digits = matcher.group("port");
        int port = digits == null || digits.isEmpty() ? (scheme.equals("http") ? 80 : 443) : Integer.parseInt(digits);
        if (port < 1 || port > 65535) {
            throw RefusedAddress.invalid("The address has no port from 1 to 65535.");
        }
        String six = matcher.group("six");
        if (six != null && !six.contains(":")) {
            throw RefusedAddress.invalid("'[" + six + "]' is not an IPv6 address.");
        }
        String host = six == null ? name(matcher.group("name")) : six;
        IpLiteral.of(host);
        String encoded = encode(target);
        return new WebAddress(
                scheme, host.toLowerCase(Locale.ROOT), port, encoded.startsWith("/") ? encoded : "/" + encoded);
    }

    private static String name(String given) throws RefusedAddress {
        String name;
        try {
            name = IDN.toASCII(given).toLowerCase(Locale.ROOT);
        } catch (IllegalArgumentException e) {
            throw RefusedAddress.invalid("The address has no valid host.");
        }
        if (name.endsWith(".")) {
            name = name.substring(0, name.length() - 1);
        }
        if (!NAME.matcher(name).matches() || name.startsWith(".") || name.contains("..")) {
            throw RefusedAddress.invalid("The address has no valid host.");
        }
        return name;
    }

    private static String encode(String text) {
        StringBuilder encoded = new StringBuilder();
        String escaped = ESCAPE.matcher(text).replaceAll("%25");
        escaped.codePoints().forEach(point -> {
            if (point > 0x20 && point < 0x7F && NOT_IN_A_URL.indexOf(point) < 0) {
                encoded.appendCodePoint(point);
            } else {
                for (byte each : Character.toString(point).getBytes(StandardCharsets.UTF_8)) {
                    encoded.append(String.format("%%%02X", each & 0xFF));
                }
            }
        });
        return encoded.toString();
    }

    /**
     * The address that a {@code Location} header means.
     *
     * @throws RefusedAddress as {@link #parse}, and {@code address_refused} when it leads from https to http
     */
    public WebAddress follow(String location) throws RefusedAddress {
        String given = location.strip();
        WebAddress next;
        if (SCHEME.matcher(given).matches()) {
            next = parse(given);
        } else if (given.startsWith("//")) {
            next = parse(scheme + ":" + given);
        } else {
            next = parse(resolved(given));
        }
        if (scheme.equals("https") && next.scheme.equals("http")) {
            throw RefusedAddress.forbidden("The server leads from https to http, which is not followed.");
        }
        return next;
    }

    /** RFC 3986, 5.2. */
    private String resolved(String relative) {
        int fragment = relative.indexOf('#');
        String reference = encode(fragment < 0 ? relative : relative.substring(0, fragment));
        if (reference.isEmpty()) {
            return toString();
        }
        String path = target.split("\\?", 2)[0];
        if (reference.startsWith("?")) {
            return origin() + path + reference;
        }
        String merged =
                reference.startsWith("/") ? reference : path.substring(0, path.lastIndexOf('/') + 1) + reference;
        int query = merged.indexOf('?');
        return query < 0
                ? origin() + withoutDots(merged)
                : origin() + withoutDots(merged.substring(0, query)) + merged.substring(query);
    }

    private static String withoutDots(String path) {
        Deque<String> kept = new ArrayDeque<>();
        String[] segments = path.substring(1).split("/", -1);
        for (int i = 0; i < segments.length; i++) {
            boolean up = segments[i].equals("..");
            if (up) {
                kept.pollLast();
            }
            if (!up && !segments[i].equals(".")) {
                kept.addLast(segments[i]);
            } else if (i == segments.length - 1) {
                kept.addLast("");
            }
        }
        return "/" + String.join("/", kept);
    }

    /** The last part of the path, percent-decoding not done; empty when the path ends with a slash. */
    public String lastSegment() {
        String path = target.split("\\?", 2)[0];
        return path.substring(path.lastIndexOf('/') + 1);
    }

    /** For people and logs: without the query, which may hold a secret. */
    public String shown() {
        int query = target.indexOf('?');
        return origin() + (query < 0 ? target : target.substring(0, query) + "?…");
    }

    /** Scheme, host and port, as they go with credentials: another origin must not get those of this one. */
    public String origin() {
        boolean usual = port == (scheme.equals("http") ? 80 : 443);
        return scheme + "://" + (host.contains(":") ? "[" + host + "]" : host) + (usual ? "" : ":" + port);
    }

    /** The whole address. */
    @Override
    public String toString() {
        return origin() + target;
    }
}
