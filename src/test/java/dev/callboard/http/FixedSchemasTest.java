package dev.callboard.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callboard.testing.Patience;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.json.schema.JsonSchema;
import io.vertx.json.schema.SchemaRepository;
import io.vertx.openapi.contract.OpenAPIContract;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The contract's schemas are the same objects before and after checking by them, from one thread or many. */
@TestInstance(TestInstance.Lifecycle.PER_METHOD)
class FixedSchemasTest {
    private final Vertx vertx = Vertx.vertx();
    private OpenAPIContract contract;

    @BeforeEach
    void load() throws Exception {
        contract = Contract.load(vertx)
                .toCompletionStage()
                .toCompletableFuture()
                .get(Patience.SOON.toSeconds(), TimeUnit.SECONDS)
                .routes();
    }

    @AfterEach
    void close() throws Exception {
        vertx.close().toCompletionStage().toCompletableFuture().get(Patience.SOON.toSeconds(), TimeUnit.SECONDS);
    }

    @Test
    void checkingChangesNoSchema() {
        List<Object> before = objects();
        assertThat(before).hasSizeGreaterThan(200);
        for (JsonSchema schema : FixedSchemas.requested(contract)) {
            values(schema).forEach(value -> check(schema, value));
        }
        List<Object> after = objects();
        assertThat(after).hasSameSizeAs(before);
        for (int i = 0; i < before.size(); i++) {
            assertThat(after.get(i)).as("object %s of the schemas", i).isSameAs(before.get(i));
        }
    }

    @Test
    void manyThreadsGetTheAnswersOfOne() throws Exception {
        List<JsonSchema> schemas = FixedSchemas.requested(contract);
        List<Callable<List<String>>> rounds = new ArrayList<>();
        for (int thread = 0; thread < 16; thread++) {
            int first = thread * 7;
            rounds.add(() -> {
                List<String> answers = new ArrayList<>(Collections.nCopies(schemas.size(), ""));
                for (int i = 0; i < schemas.size(); i++) {
                    int at = (i + first) % schemas.size();
                    JsonSchema schema = schemas.get(at);
                    answers.set(
                            at,
                            values(schema).map(value -> check(schema, value)).toList() + "");
                }
                return answers;
            });
        }
        ExecutorService threads = Executors.newFixedThreadPool(rounds.size());
        try {
            List<String> expected = null;
            for (Future<List<String>> round : threads.invokeAll(rounds)) {
                List<String> answers = round.get();
                expected = expected == null ? answers : expected;
                assertThat(answers).isEqualTo(expected);
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private String check(JsonSchema schema, Object value) {
        SchemaRepository repository = contract.getSchemaRepository();
        return SchemaFaults.of(repository.validator(schema).validate(value), new SchemaKeywords(schema, repository), "")
                .toString();
    }

    /** Values that reach as much of a schema as may be: one that fits about, and one with everything wrong. */
    private Stream<Object> values(JsonSchema schema) {
        return Stream.of(value(schema, true, 0), value(schema, false, 0), "text", 7);
    }

    private Object value(Object schema, boolean fits, int depth) {
        if (!(schema instanceof JsonObject object) || depth > 6) {
            return "text";
        }
        if (object.getValue("__absolute_ref__") instanceof String uri) {
            return value(contract.getSchemaRepository().find(uri), fits, depth + 1);
        }
        String type = String.valueOf(object.getValue("type"));
        if (type.contains("array")) {
            Object item = value(object.getValue("items"), fits, depth + 1);
            return new JsonArray().add(item).add(item);
        }
        if (type.contains("object") || object.containsKey("properties")) {
            JsonObject made = new JsonObject();
            if (object.getValue("properties") instanceof JsonObject properties) {
                properties
                        .fieldNames()
                        .forEach(name -> made.put(name, value(properties.getValue(name), fits, depth + 1)));
            }
            return made.put("other", value(object.getValue("additionalProperties"), fits, depth + 1));
        }
        if (fits) {
            return type.contains("integer") || type.contains("number")
                    ? (Object) 1
                    : type.contains("boolean") ? (Object) true : "text";
        }
        return type.contains("string") ? (Object) 3 : "wrong";
    }

    /** Every object in the schemas that requests are checked by, in a fixed order. */
    private List<Object> objects() {
        List<Object> all = new ArrayList<>();
        Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        FixedSchemas.requested(contract).forEach(schema -> collect(schema, all, seen));
        return all;
    }

    private void collect(Object value, List<Object> all, Set<Object> seen) {
        all.add(value);
        Object inside = value instanceof JsonObject object
                ? object.getMap()
                : value instanceof JsonArray list ? list.getList() : value;
        if (inside instanceof Map<?, ?> map) {
            if (seen.add(map)) {
                map.forEach((key, member) -> {
                    collect(member, all, seen);
                    if (key.equals("__absolute_uri__") || key.equals("__absolute_ref__")) {
                        collect(contract.getSchemaRepository().find(String.valueOf(member)), all, seen);
                    }
                });
            }
        } else if (inside instanceof List<?> list && seen.add(list)) {
            list.forEach(member -> collect(member, all, seen));
        }
    }
}
