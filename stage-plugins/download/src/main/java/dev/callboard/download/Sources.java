package dev.callboard.download;

import dev.callboard.spi.StageContext;
import dev.callboard.spi.StageFailure;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Finds what is to be fetched: the setting {@code urls}, and what the setting {@code from} leads to. Without {@code from}
 * it is each {@code url} in the task's input and in the stage's input, wherever there is no {@code blob} beside it. Each
 * address counts once, in the order in which it was found.
 */
final class Sources {
    private final Map<String, Wanted> found = new LinkedHashMap<>();
    private boolean reached;

    private Sources() {}

    /**
     * Collects.
     *
     * @throws StageFailure {@code invalid_settings}, or {@code no_input} when the setting {@code from} leads nowhere
     */
    static List<Wanted> of(StageContext context, Object input) throws StageFailure {
        Sources sources = new Sources();
        SettingValues settings = SettingValues.ofStage(context.settings());
        sources.addSetting(settings);
        String from = settings.text("from", "");
        if (from.isEmpty()) {
            sources.addEach(context.inputs());
            sources.addEach(input);
        } else {
            sources.addPath(DataPath.parse(from), from, context, input);
        }
        return List.copyOf(sources.found.values());
    }

    private void addSetting(SettingValues settings) throws StageFailure {
        Object urls = settings.values().get("urls");
        if (urls instanceof String lines) {
            lines.lines().map(String::strip).filter(line -> !line.isEmpty()).forEach(line -> add(line, "", ""));
        } else if (urls instanceof List<?> list) {
            for (Object element : list) {
                if (!addValue(element)) {
                    throw settings.wrong("urls", "must be a list of addresses, or of {url, sha256, name}");
                }
            }
        } else if (urls != null) {
            throw settings.wrong("urls", "must be a list of addresses, or a text with one in each line");
        }
    }

    private void addPath(DataPath path, String from, StageContext context, Object input) throws StageFailure {
        List<Object> values = new ArrayList<>();
        reached = path.collect(input, values) || path.collect(context.state(), values);
        if (!reached) {
            throw StageFailure.permanent(
                    "no_input",
                    "The setting from leads nowhere: neither the input nor an earlier output has " + from + ".");
        }
        for (Object value : values) {
            for (Object element : value instanceof List<?> list ? list : List.of(value)) {
                if (!addValue(element)) {
                    throw StageFailure.permanent(
                            "invalid_input",
                            "At " + from + " there is something that is no address: "
                                    + element.getClass().getSimpleName().toLowerCase(Locale.ROOT) + ".");
                }
            }
        }
    }

    private boolean addValue(Object value) throws StageFailure {
        if (value instanceof String url) {
            add(url.strip(), "", "");
            return true;
        }
        return value instanceof Map<?, ?> map && map.get("url") instanceof String && addMap(map);
    }

    private void addEach(Object value) throws StageFailure {
        if (value instanceof List<?> list) {
            for (Object element : list) {
                addEach(element);
            }
        } else if (value instanceof Map<?, ?> map && !(map.get("blob") instanceof String)) {
            if (map.get("url") instanceof String) {
                addMap(map);
            }
            for (Object element : map.values()) {
                addEach(element);
            }
        }
    }

    private boolean addMap(Map<?, ?> map) throws StageFailure {
        String sha256 =
                map.get("sha256") instanceof String given ? given.strip().toLowerCase(Locale.ROOT) : "";
        if (!sha256.isEmpty() && !sha256.matches("[0-9a-f]{64}")) {
            throw StageFailure.permanent("invalid_input", "A sha256 beside an address must be 64 hexadecimal digits.");
        }
        add(((String) map.get("url")).strip(), sha256, map.get("name") instanceof String name ? name : "");
        return true;
    }

    private void add(String url, String sha256, String name) {
        Wanted known = found.get(url);
        if (known == null) {
            found.put(url, new Wanted(url, sha256, name));
        } else if (known.sha256().isEmpty() && !sha256.isEmpty()) {
            found.put(url, new Wanted(url, sha256, known.name().isEmpty() ? name : known.name()));
        } else if (!sha256.isEmpty() && !known.sha256().equals(sha256)) {
            // Cannot both be right: each is tried, and says so.
            found.put(url + "\n" + sha256, new Wanted(url, sha256, name));
        }
    }
}
