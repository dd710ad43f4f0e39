package dev.callboard.projects;

import dev.callboard.json.Json;
import dev.callboard.pipelines.PortInput;
import dev.callboard.pipelines.StageTemplate;
import dev.callboard.store.Sql;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A stage template as the columns of its row; JSON is kept as text. */
final class TemplateColumns {
    private TemplateColumns() {}

    /**
     * What texts of stages may name.
     *
     * @param idOf stage name to the id of its template
     * @param sources the names of sources
     */
    record Known(Map<String, String> idOf, Collection<String> sources) {}

    /** All that are given at its insertion, in the order in which {@link TemplateRepository} names them. */
    static Tuple row(String id, String projectId, StageTemplate stage, Known known, Instant now) {
        Tuple row = Tuple.tuple()
                .addString(id)
                .addString(projectId)
                .addString(stage.name())
                .addString(stage.type())
                .addInteger(stage.sortOrder())
                .addString(dependsOn(stage, known.idOf()))
                .addString(inputs(stage, known));
        return content(row, stage).addOffsetDateTime(Sql.at(now));
    }

    /** Null for a stage that follows the one before it. */
    static @Nullable String dependsOn(StageTemplate stage, Map<String, String> idOf) {
        return stage.followsPrevious()
                ? null
                : Json.write(stage.dependsOn().stream().map(idOf::get).toList());
    }

    /** What feeds its ports, stages by their ids; null for a stage that takes what comes right before it. */
    static @Nullable String inputs(StageTemplate stage, Known known) {
        Map<String, Object> stored = new LinkedHashMap<>();
        stage.inputs().forEach((port, text) -> PortInput.of(text, known.idOf().keySet(), known.sources())
                .map(input -> input.source()
                        ? input
                        : input.renamed(String.valueOf(known.idOf().get(input.from()))))
                .ifPresent(input -> stored.put(port, input.stored())));
        return stored.isEmpty() ? null : Json.write(stored);
    }

    /** What feeds the ports of a stored template, stages by their ids. */
    static Map<String, PortInput> inputs(Row row) {
        String json = row.getString("inputs");
        return json == null ? Map.of() : PortInput.ofStored(Json.read(json, Map.class));
    }

    /** Adds those that an edit replaces, from its settings on. */
    static Tuple content(Tuple row, StageTemplate stage) {
        return row.addString(Json.write(stage.config()))
                .addString(stage.policy())
                .addString(json(stage.approval()))
                .addString(json(stage.gate()))
                .addBoolean(stage.locked())
                .addString(stage.prompt().inputSource())
                .addString(stage.prompt().template())
                .addString(stage.prompt().outputFormat())
                .addString(json(stage.prompt().outputSchema()))
                .addString(Json.write(stage.metadataOverrides()));
    }

    static @Nullable String json(@Nullable Object value) {
        return value == null ? null : Json.write(value);
    }
}
