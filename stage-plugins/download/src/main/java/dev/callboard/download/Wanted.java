package dev.callboard.download;

import dev.callboard.spi.net.RefusedAddress;
import dev.callboard.spi.net.WebAddress;
import java.util.Objects;

/**
 * A file to fetch.
 *
 * @param url as it was given
 * @param sha256 what its bytes must have, 64 lower-case hexadecimal digits, or empty for anything
 * @param name what it is to be called, or empty to take the server's word
 */
record Wanted(String url, String sha256, String name) {
    Wanted {
        Objects.requireNonNull(url, "url is null");
        Objects.requireNonNull(sha256, "sha256 is null");
        Objects.requireNonNull(name, "name is null");
    }

    /** For people and logs: without the query, which may hold a secret. */
    String shown() {
        try {
            return WebAddress.parse(url).shown();
        } catch (RefusedAddress e) {
            String printable =
                    url.replaceAll("[\\p{C}\\u2028\\u2029]", "\uFFFD").replaceAll("//[^/@]*@", "//…@");
            int query = printable.indexOf('?');
            String path = query < 0 ? printable : printable.substring(0, query) + "?…";
            return path.length() <= 200 ? path : path.substring(0, 200) + "…";
        }
    }
}
