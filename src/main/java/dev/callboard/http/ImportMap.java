package dev.callboard.http;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.callboard.hash.Sha256;
import dev.callboard.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.util.Base64;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The page's one import map, merged from those that the browser libraries carry in their jars. In the packaged jar they
 * stand one behind the other in one resource, in a class path of jars each has its own.
 */
final class ImportMap {
    private static final String RESOURCE = "META-INF/importmap.json";

    private final String json;
    private final Map<String, String> places;

    private ImportMap(SortedMap<String, String> places, String prefix) {
        this.places = Map.copyOf(places);
        SortedMap<String, String> imports = new TreeMap<>();
        places.forEach((name, place) -> imports.put(name, prefix + place));
        this.json = Json.write(Map.of("imports", imports));
    }

    /**
     * Reads them all.
     *
     * @param prefix the path before each address, empty for none
     */
    static ImportMap load(String prefix) throws IOException {
        JsonMapper mapper = JsonMapper.builder().build();
        SortedMap<String, String> places = new TreeMap<>();
        for (URL url : Collections.list(ImportMap.class.getClassLoader().getResources(RESOURCE))) {
            try (InputStream in = url.openStream();
                    JsonParser parser = mapper.createParser(in);
                    MappingIterator<JsonNode> maps = mapper.readValues(parser, JsonNode.class)) {
                while (maps.hasNext()) {
                    maps.next().path("imports").properties().forEach(member -> {
                        String path = member.getValue().asText();
                        if (isThere(path)) {
                            places.put(member.getKey(), path);
                        }
                    });
                }
            }
        }
        return new ImportMap(places, prefix);
    }

    /** Libraries of types alone name a module that they do not have. */
    private static boolean isThere(String path) {
        return path.endsWith("/") || ImportMap.class.getClassLoader().getResource("META-INF/resources" + path) != null;
    }

    /** Where each name leads, without the prefix: {@code /_static/…}. */
    Map<String, String> places() {
        return places;
    }

    /** As it stands in the page. */
    String json() {
        return json;
    }

    /** The hash by which the Content-Security-Policy lets it pass. */
    String cspHash() {
        return "'sha256-" + Base64.getEncoder().encodeToString(Sha256.of(json)) + "'";
    }
}
