package dev.callboard.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A schema is known to have no fault only where looking for one by the meta-schema and by building it finds none. */
class PlainSchemaTest {
    @Property(tries = 300)
    void aPlainSchemaHasNoFault(@ForAll("schemas") Map<String, Object> schema) {
        if (PlainSchema.is(schema)) {
            assertThat(JsonSchemas.builtFault(schema)).isEmpty();
            assertThat(JsonSchemas.checkedForm(schema, "")).isEmpty();
        }
    }

    @Property(tries = 100)
    void theUsualSchemasArePlain(@ForAll("good") Map<String, Object> schema) {
        assertThat(PlainSchema.is(schema)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"type\": \"text\"}",
                "{\"type\": [\"string\", \"null\"]}",
                "{\"type\": null}",
                "{\"pattern\": \"(\"}",
                "{\"$ref\": \"#\"}",
                "{\"title\": 1}",
                "{\"required\": [\"a\", \"a\"]}",
                "{\"required\": \"a\"}",
                "{\"enum\": \"a\"}",
                "{\"minLength\": -1}",
                "{\"minLength\": \"1\"}",
                "{\"items\": [{}]}",
                "{\"properties\": {\"a\": true}}",
                "{\"properties\": {\"a\": {\"$id\": \"b\"}}}",
                "{\"properties\": []}",
                "{\"additionalProperties\": \"no\"}"
            })
    void othersAreNot(String schema) throws Exception {
        assertThat(PlainSchema.is((Map<?, ?>) Json.parse(schema))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(ints = {10_000, 100_000})
    void aDeepOrLargeOneIsNot(int size) {
        Map<String, Object> deep = Map.of();
        Map<String, Object> large = new LinkedHashMap<>();
        for (int i = 0; i < size; i++) {
            deep = Map.of("items", deep);
            large.put("p" + i, Map.of());
        }
        assertThat(PlainSchema.is(deep)).isFalse();
        assertThat(PlainSchema.is(Map.of("properties", large))).isFalse();
    }

    /** Of which some have faults. */
    @Provide
    Arbitrary<Map<String, Object>> schemas() {
        Arbitrary<Object> odd = Arbitraries.of("string", "a", 1, -1, true, 1.5, List.of("a", "a"), List.of(), Map.of());
        return good().flatMap(schema -> Combinators.combine(
                        Arbitraries.of(
                                "type",
                                "title",
                                "required",
                                "enum",
                                "minLength",
                                "maxItems",
                                "items",
                                "properties",
                                "additionalProperties",
                                "other"),
                        odd)
                .as((keyword, value) -> {
                    Map<String, Object> changed = new LinkedHashMap<>(schema);
                    changed.put(keyword, value);
                    return changed;
                }));
    }

    @Provide
    Arbitrary<Map<String, Object>> good() {
        Arbitrary<Map<String, Object>> leaf = Arbitraries.of(
                Map.of(),
                Map.of("type", "string", "title", "Title", "description", "What it is", "minLength", 1),
                Map.of("type", "integer"),
                Map.of("type", "boolean"),
                Map.of("enum", List.of("a", "b")),
                Map.of("type", "array", "maxItems", 3, "minItems", 0));
        return Arbitraries.lazyOf(
                () -> leaf,
                () -> leaf,
                () -> good().map(items -> Map.of("type", "array", "items", items)),
                () -> Combinators.combine(good(), good())
                        .as((a, b) -> Map.of(
                                "type",
                                "object",
                                "required",
                                List.of("a"),
                                "additionalProperties",
                                false,
                                "properties",
                                Map.of("a", a, "$ref", b))));
    }
}
