package dev.callboard.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.callboard.json.Json;
import dev.callboard.testing.HostileValues;
import dev.callboard.testing.PaletteMirror;
import dev.callboard.testing.Reply;
import dev.callboard.testing.Stages;
import dev.callboard.testing.TestServer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Hostile texts in every field of every executor that people define stages of, and in what all definitions have: each is kept
 * as it is or refused with the field, whatever executors there are. {@code callboard.rounds} makes it more rounds of 1,000.
 */
class HostileDefinitionsTest {
    private static final int VALUES = 1_000 * Integer.getInteger("callboard.rounds", 1);

    /**
     * Where a hostile text goes.
     *
     * @param member of the definition
     * @param pointer of what is refused
     * @param into the definition's member with the text in it
     */
    private record Place(
            String executor,
            Map<String, Object> config,
            String member,
            String pointer,
            Function<String, Object> into) {}

    private record Kept(String member, String value) {}

    @Test
    void eachIsKeptAsItIsOrRefusedWithItsField(@TempDir Path folder) {
        try (TestServer server =
                TestServer.start(folder, Map.of("command.enabled", "true", "command.programs", "cat"))) {
            List<Place> places = places(server.http().get("/api/vp/executors").at("/items"));
            Map<String, Kept> kept = new LinkedHashMap<>();
            List<String> values = HostileValues.of(VALUES);
            for (int i = 0; i < values.size(); i++) {
                Place place = places.get(i % places.size());
                String value = values.get(i);
                Reply reply = server.http().post("/api/vp/stages", definition("h" + i, place, value));
                Supplier<String> what = () -> place + " " + Json.write(value) + ": " + reply;
                assertThat(reply.status()).as(what).isIn(200, 400);
                if (reply.status() == 200) {
                    kept.put("h" + i, new Kept(place.member(), value));
                } else if (!reply.code().equals("invalid_json")) {
                    assertThat(reply.at("/errors/0/pointer").asText()).as(what).startsWith(place.pointer());
                }
            }
            assertThat(kept).hasSizeBetween(values.size() / 5, values.size() - 1);
            Map<String, JsonNode> palette = PaletteMirror.entriesOf(server.palette());
            kept.forEach((id, one) -> assertThat(Json.write(
                            Json.parse(palette.get(id).path(one.member()).toString())))
                    .as(one.member())
                    .contains(Json.write(one.value())));
        }
    }

    private static List<Place> places(JsonNode executors) {
        List<Place> places = new ArrayList<>();
        for (JsonNode executor : executors) {
            if (executor.path("custom").asBoolean()) {
                String word = executor.path("executor").asText();
                executor.path("config_schema")
                        .forEach(field -> config(places, word, field.path("key").asText(), executor));
                definition(places, word, usual(executor));
            }
        }
        return places;
    }

    /** As the field itself, and where it may be of any form inside a list and an object too, as value and as name. */
    private static void config(List<Place> places, String executor, String key, JsonNode schema) {
        Map<String, Object> usual = usual(schema);
        List<Function<String, Object>> forms = new ArrayList<>(List.of(value -> value));
        for (JsonNode field : schema.path("config_schema")) {
            if (field.path("key").asText().equals(key)
                    && field.path("type").asText().equals("json")) {
                forms.add(value -> List.of(value));
                forms.add(value -> List.of("cat", value));
                forms.add(value -> Map.of("json", Map.of("a", value)));
                forms.add(value -> Map.of(value, value));
            }
        }
        for (Function<String, Object> form : forms) {
            places.add(new Place(executor, usual, "executor_config", "/executor_config/" + key, value -> {
                Map<String, Object> config = new LinkedHashMap<>(usual);
                config.put(key, form.apply(value));
                return config;
            }));
        }
    }

    /** What has to be in an executor's config. */
    private static Map<String, Object> usual(JsonNode executor) {
        Map<String, Object> config = new LinkedHashMap<>();
        for (JsonNode field : executor.path("config_schema")) {
            if (field.path("required").asBoolean()) {
                String key = field.path("key").asText();
                boolean any = field.path("type").asText().equals("json");
                config.put(key, any ? List.of("cat") : key.equals("url") ? "https://example.org/" : "input");
            }
        }
        return config;
    }

    private static void definition(List<Place> places, String executor, Map<String, Object> usual) {
        for (String member : List.of("name", "label", "description", "execution_type", "version", "zz_note")) {
            places.add(new Place(executor, usual, member, "/", value -> value));
        }
        places.add(new Place(executor, usual, "state_key", "/state_key", value -> List.of(value)));
        places.add(new Place(executor, usual, "dependencies", "/dependencies", value -> List.of(value)));
        for (String member : List.of("name", "type")) {
            places.add(new Place(executor, usual, "ports", "/ports/inputs/0/" + member, value -> {
                Map<String, Object> port = new LinkedHashMap<>(Map.of("name", "in", "type", "any"));
                port.put(member, value);
                return Map.of("inputs", List.of(port), "outputs", List.of());
            }));
        }
        for (String member : List.of("key", "type", "label", "default")) {
            places.add(new Place(executor, usual, "settings_schema", "/settings_schema/0/" + member, value -> {
                Map<String, Object> setting = new LinkedHashMap<>(Map.of("key", "v", "type", "text", "label", "V"));
                setting.put(member, value);
                return List.of(setting);
            }));
        }
        for (String member : List.of("value", "label")) {
            places.add(new Place(executor, usual, "settings_schema", "/settings_schema/0/options/0", value -> {
                Map<String, Object> option = new LinkedHashMap<>(Map.of("value", "a", "label", "A"));
                option.put(member, value);
                return List.of(Map.of("key", "v", "type", "select", "label", "V", "options", List.of(option)));
            }));
        }
    }

    private static Map<String, Object> definition(String id, Place place, String value) {
        Map<String, Object> definition = new LinkedHashMap<>(Stages.manual(id));
        definition.put("executor", place.executor());
        definition.put("executor_config", place.config());
        definition.put(place.member(), place.into().apply(value));
        return definition;
    }
}
