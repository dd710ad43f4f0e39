package dev.callboard.pipelines;

import dev.callboard.palette.Graph;
import dev.callboard.palette.GraphReader;
import dev.callboard.palette.PaletteEntry;
import dev.callboard.problem.ProblemException;
import dev.callboard.problem.Violation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A pipeline as JSON has it: its definition, or a drawn graph in the member {@code graph}, or nothing but {@code nodes} and {@code
 * edges}. Its name is that of the address when it says none.
 */
final class GivenPipeline {
    private static final List<String> DRAWN = List.of("sources", "stages", "sinks");

    private final Map<String, @Nullable Object> definition;
    private final @Nullable DrawnPipeline drawn;
    private final String at;

    private GivenPipeline(Map<String, @Nullable Object> definition, @Nullable DrawnPipeline drawn, String at) {
        this.definition = definition;
        this.drawn = drawn;
        this.at = at;
    }

    /** Fails with {@code invalid_pipeline} and everything that is wrong with a graph. */
    static GivenPipeline read(String name, Map<?, ?> body, Function<String, Optional<PaletteEntry>> palette) {
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        members.put("name", name);
        body.forEach((key, value) -> members.put(String.valueOf(key), value));
        boolean bare = body.containsKey("nodes") && !body.containsKey("stages") && !body.containsKey("graph");
        if (!bare && !body.containsKey("graph")) {
            return new GivenPipeline(members, null, "");
        }
        String at = bare ? "" : "/graph";
        DrawnPipeline drawn = drawn(name, bare ? body : body.get("graph"), at, palette);
        if (bare) {
            members.keySet().retainAll(List.of("name"));
        }
        members.remove("graph");
        List<Violation> twice = DRAWN.stream()
                .filter(members::containsKey)
                .map(key -> new Violation("/" + key, "is drawn in the graph; leave it out"))
                .toList();
        if (!twice.isEmpty()) {
            throw Pipelines.invalid(name, twice);
        }
        members.putAll(drawn.definition());
        return new GivenPipeline(members, drawn, at);
    }

    private static DrawnPipeline drawn(
            String name, @Nullable Object value, String at, Function<String, Optional<PaletteEntry>> palette) {
        List<Violation> wrong = new ArrayList<>();
        Graph graph;
        try {
            graph = GraphReader.read(value);
        } catch (ProblemException e) {
            e.problem().violations().forEach(each -> wrong.add(new Violation(at + each.pointer(), each.detail())));
            throw Pipelines.invalid(name, wrong);
        }
        GraphRules.check(palette, graph)
                .forEach(error -> wrong.add(new Violation(at + error.pointer(), error.message())));
        if (!wrong.isEmpty()) {
            throw Pipelines.invalid(name, wrong);
        }
        return DrawnPipeline.of(graph, palette);
    }

    /** What is to be checked and written. */
    Map<String, @Nullable Object> definition() {
        return definition;
    }

    /** Where in the body that is what a pointer into the definition means. */
    String pointer(String inDefinition) {
        return drawn == null || DRAWN.stream().noneMatch(list -> inDefinition.startsWith("/" + list))
                ? inDefinition
                : at + drawn.pointer(inDefinition);
    }
}
