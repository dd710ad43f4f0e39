package dev.callboard.documents.input;

import dev.callboard.spi.StageFailure;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * An input that is an address still: {@code {url, name}}. The stage download makes bytes of it.
 *
 * @param url http or https
 * @param name a file's name, possibly empty
 */
public record Address(String url, String name) {
    private static final int SHOWN = 200;

    /** Checks that both are there. */
    public Address {
        Objects.requireNonNull(url, "url is null");
        Objects.requireNonNull(name, "name is null");
    }

    /** Whether a map is an address and names no bytes; the failures that download lists beside its files are none. */
    static boolean isAddress(Map<?, ?> map) {
        return map.get("url") instanceof String
                && !map.containsKey("blob")
                && !map.containsKey("sha256")
                && !map.containsKey("code")
                && !map.containsKey("blocks")
                && !map.containsKey("text");
    }

    /** Reads a map for which {@link #isAddress} holds. */
    static Address from(Map<?, ?> map) {
        return new Address((String) map.get("url"), map.get("name") instanceof String name ? name : "");
    }

    /** The JSON shape. */
    public Map<String, Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("url", url);
        map.put("name", name);
        return map;
    }

    /** Why a stage that needs bytes cannot take addresses. */
    static StageFailure notDownloaded(List<Address> addresses) {
        String url = addresses.get(0).url().replaceAll("\\p{C}", "\uFFFD");
        String shown = url.length() > SHOWN ? url.substring(0, SHOWN) + "…" : url;
        return StageFailure.permanent(
                "not_downloaded",
                shown + (addresses.size() == 1 ? " is" : " and " + (addresses.size() - 1) + " more are")
                        + " not downloaded yet: put a stage of type download before this one.");
    }
}
