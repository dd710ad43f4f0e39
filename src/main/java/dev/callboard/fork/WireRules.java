package dev.callboard.fork;

import dev.callboard.spi.net.AddressRules;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What may be reached, as it goes over the wire: {@code {allow, deny, own, ports}}. */
final class WireRules {
    private WireRules() {}

    static Map<String, Object> map(AddressRules rules) {
        return Map.of(
                "allow", rules.allow(),
                "deny", rules.deny(),
                "own", rules.own(),
                "ports", rules.ports().stream().sorted().toList());
    }

    static AddressRules of(Map<String, Object> map) {
        Set<Integer> ports = new HashSet<>();
        ((List<?>) map.getOrDefault("ports", List.of())).forEach(port -> ports.add(((Number) port).intValue()));
        return new AddressRules(texts(map.get("allow")), texts(map.get("deny")), ports)
                .listeningAt(texts(map.get("own")));
    }

    private static List<String> texts(@Nullable Object list) {
        return (list instanceof List<?> entries ? entries : List.of())
                .stream().map(String::valueOf).toList();
    }
}
