package dev.callboard.palette;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callboard.json.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever is written is read back equal: through values, through JSON text, and as a palette entry. */
class StageDefinitionRoundTripTest {
    @Property(tries = 500)
    void whatIsWrittenIsReadBack(@ForAll("definitions") StageDefinition definition) {
        Object written = Json.parse(Json.writePretty(StageDefinitionWriter.definition(definition)));
        StageDefinitionReader.Result result = StageDefinitionReader.read(written, "");
        assertThat(result.violations()).isEmpty();
        assertThat(result.definition()).isEqualTo(definition);
    }

    @Property(tries = 200)
    void anEntryThatWasFetchedCanBePutBack(@ForAll("definitions") StageDefinition definition) {
        PaletteEntry entry = new PaletteEntry(definition, Origin.CUSTOM, null, "not yet", 7);
        Object written = Json.parse(Json.write(StageDefinitionWriter.entry(entry)));
        assertThat(StageDefinitionReader.read(written, "").definition()).isEqualTo(definition);
    }

    @Property(tries = 500)
    void noValueMakesTheReaderFail(@ForAll("hostileMaps") Map<String, Object> value) {
        StageDefinitionReader.Result result = StageDefinitionReader.read(value, "");
        assertThat(result.definition() == null).isEqualTo(!result.violations().isEmpty());
    }

    @Provide
    Arbitrary<StageDefinition> definitions() {
        Arbitrary<Ports> ports = Combinators.combine(portLists(), portLists()).as(Ports::new);
        Arbitrary<List<String>> stateKeys = Arbitraries.strings()
                .withCharRange('a', 'z')
                .ofMinLength(1)
                .ofMaxLength(8)
                .map(key -> "k" + key)
                .list()
                .uniqueElements()
                .ofMaxSize(3);
        return Combinators.combine(
                        ids(),
                        texts(),
                        ports,
                        settings(),
                        Arbitraries.of(ExecutorType.class),
                        jsonMaps(),
                        stateKeys,
                        ids().map(id -> "d" + id).list().uniqueElements().ofMaxSize(3))
                .as((id, text, allPorts, settings, executor, config, keys, dependencies) -> new StageDefinition(
                        id,
                        text,
                        text + "!",
                        EntryType.STAGE,
                        text,
                        executor.executionType(),
                        allPorts,
                        settings,
                        executor,
                        read(executor, config),
                        "1.0.0",
                        keys,
                        dependencies,
                        Map.of("x_extra", config)));
    }

    /** A configuration that the executor takes. */
    private static Map<String, Object> read(ExecutorType executor, Map<String, Object> config) {
        return switch (executor) {
            case MANUAL -> config.isEmpty() ? Map.of() : Map.of("instructions", config.toString());
            case PROMPT -> config.isEmpty() ? Map.of() : Map.of("prompt", config.toString());
            case COMMAND -> Map.of("command", List.of("echo", config.toString()), "workdir", "/srv");
            default -> config;
        };
    }

    private static Arbitrary<String> ids() {
        return Arbitraries.strings().withChars("abz019._-").ofMaxLength(20).map(tail -> "a" + tail);
    }

    private static Arbitrary<String> texts() {
        return Arbitraries.strings()
                .withCharRange(' ', '~')
                .withChars("äß中\u200F\n\t\"\\")
                .ofMaxLength(30)
                .map(text -> "T" + text);
    }

    private static Arbitrary<List<Port>> portLists() {
        Arbitrary<String> names = ids();
        Arbitrary<String> types = Arbitraries.of("any", "text", "a_b-c", "files");
        return Combinators.combine(names, types)
                .as(Port::new)
                .list()
                .uniqueElements(Port::name)
                .ofMaxSize(4);
    }

    private static Arbitrary<List<Setting>> settings() {
        Arbitrary<Setting> numbers = Combinators.combine(
                        ids(), Arbitraries.integers().between(0, 100), Arbitraries.of(true, false))
                .as((key, value, required) ->
                        new Setting(key, Setting.Type.INTEGER, key, value, 0, 100, List.of(), required));
        Arbitrary<Setting> doubles = Combinators.combine(
                        ids(), Arbitraries.doubles().between(-1e300, 1e300))
                .as((key, value) -> new Setting(key, Setting.Type.NUMBER, key, value, null, null, List.of(), false));
        Arbitrary<Setting> selects = Combinators.combine(ids(), texts())
                .as((key, label) -> new Setting(
                        key,
                        Setting.Type.SELECT,
                        label,
                        2,
                        null,
                        null,
                        List.of(new Setting.Option("one", label), new Setting.Option(2, "two")),
                        false));
        Arbitrary<Setting> json = Combinators.combine(ids(), jsonMaps())
                .as((key, value) -> new Setting(key, Setting.Type.JSON, key, value, null, null, List.of(), false));
        return Arbitraries.oneOf(List.of(numbers, doubles, selects, json))
                .list()
                .uniqueElements(Setting::key)
                .ofMaxSize(4);
    }

    private static Arbitrary<Map<String, Object>> jsonMaps() {
        Arbitrary<Object> values = Arbitraries.oneOf(List.of(
                texts().asGeneric(),
                Arbitraries.integers().asGeneric(),
                Arbitraries.longs().greaterOrEqual(1L << 40).asGeneric(),
                Arbitraries.of(true, false).asGeneric(),
                texts().list().ofMaxSize(2).asGeneric()));
        return Arbitraries.maps(ids(), values).ofMaxSize(3).map(LinkedHashMap::new);
    }

    @Provide
    Arbitrary<Map<String, Object>> hostileMaps() {
        Arbitrary<String> keys = Arbitraries.of(
                "id",
                "name",
                "label",
                "type",
                "ports",
                "inputs",
                "settings_schema",
                "executor",
                "state_key",
                "options");
        Arbitrary<Object> leaves = Arbitraries.oneOf(List.of(
                Arbitraries.strings().ofMaxLength(5).asGeneric(),
                Arbitraries.doubles().asGeneric(),
                Arbitraries.of(true, false).asGeneric(),
                Arbitraries.of("stage", "select", "a", "any", "java").asGeneric()));
        Arbitrary<Object> inner = Arbitraries.oneOf(List.of(
                leaves,
                leaves.list().ofMaxSize(2).asGeneric(),
                Arbitraries.maps(keys, leaves).ofMaxSize(3).list().ofMaxSize(2).asGeneric(),
                Arbitraries.maps(keys, leaves).ofMaxSize(3).asGeneric()));
        return Arbitraries.maps(keys, inner).ofMaxSize(8);
    }
}
