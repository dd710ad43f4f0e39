package dev.callboard.engine;

import dev.callboard.engine.StageOutcome.Facts;
import dev.callboard.engine.StageOutcome.StoredJson;
import dev.callboard.json.Json;
import dev.callboard.json.JsonSchemas;
import dev.callboard.json.JsonShape;
import dev.callboard.json.JsonShape.WrongShapeException;
import dev.callboard.palette.StageResolver;
import dev.callboard.problem.ProblemException;
import dev.callboard.problem.Violation;
import dev.callboard.spi.BlobStore;
import dev.callboard.spi.OutputHandler;
import dev.callboard.spi.Plural;
import dev.callboard.taskmodel.Decision;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Checks what people fill in or edit, and keeps it. All methods block. */
public final class DecidedOutputs {
    /** What {@code executors.OutputFiles} makes of the output of a program that left files. */
    private static final String FILES = "files";

    private static final String OUTPUT = "output";

    private final JsonBlobs values;
    private final StageResolver resolver;
    private final long maxOutput;

    /** @param maxOutput the most characters of JSON text of one output, about */
    public DecidedOutputs(BlobStore blobs, StageResolver resolver, long maxOutput) {
        this.values = new JsonBlobs(blobs);
        this.resolver = resolver;
        this.maxOutput = maxOutput;
    }

    /**
     * A decision that can be taken.
     *
     * @param made what the person made of the output, null when they left it as it was
     * @param members what the history says of it
     * @param state state key to value
     * @param ledger ledger key to value as JSON text
     * @param facts what the output says to the engine
     */
    record Checked(
            @Nullable StoredJson made,
            Map<String, Object> members,
            Map<String, StoredJson> state,
            Map<String, String> ledger,
            Facts facts) {}

    /** Fails with {@code invalid_decision} or {@code open_questions}. */
    Checked check(Template template, AttemptRow attempt, Decision decision) throws IOException {
        StoredJson stored = attempt.output();
        boolean given = stored != null;
        Object before = stored == null ? null : values.load(stored.inline(), stored.sha256());
        Object output = decision.hasOutput() ? checked(template, decision.output(), before) : before;
        if (!given && !decision.hasOutput()) {
            throw Decision.invalid(List.of(new Violation(
                    "/decision/output",
                    "is missing: fill in the result of “" + template.name() + "”, which is done by hand")));
        }
        Facts facts = Facts.of(output);
        if (template.prompt().outputFormat() != null && facts.openQuestions() > 0 && !decision.waiveQuestions()) {
            int n = facts.openQuestions();
            throw ProblemException.illegalState(
                    "open_questions",
                    "“" + template.name() + "” asks " + (n == 1 ? "a question" : Plural.of(n, "question"))
                            + " without an answer. Answer " + (n == 1 ? "it" : "them")
                            + ", or continue without answering.");
        }
        List<Violation> lacking = template.approval().check(output, decision);
        if (!lacking.isEmpty()) {
            throw Decision.invalid(lacking);
        }
        if (!decision.hasOutput()) {
            return new Checked(null, Map.of(), Map.of(), Map.of(), facts);
        }
        StoredJson made = values.store(output);
        Map<String, Object> members = new LinkedHashMap<>();
        if (output != null && made.sha256() == null) {
            members.put("output", output);
        } else if (made.sha256() != null) {
            members.put("output_ref", Map.of("sha256", made.sha256(), "size", made.size()));
        }
        return new Checked(made, members, state(template, output, made), ledger(template, output), facts);
    }

    private @Nullable Object checked(Template template, @Nullable Object output, @Nullable Object before) {
        List<Violation> violations = new ArrayList<>();
        try {
            JsonShape.copy(output, maxOutput);
        } catch (WrongShapeException e) {
            violations.add(new Violation("/decision/output", String.valueOf(e.getMessage())));
        }
        Map<String, @Nullable Object> schema = template.prompt().outputSchema();
        if (violations.isEmpty() && schema != null) {
            violations.addAll(JsonSchemas.check(schema, output, "/decision/output"));
            Object made = besideFiles(output, before);
            if (made != output
                    && JsonSchemas.check(schema, made, "/decision/output").isEmpty()) {
                violations.clear();
            }
        }
        if (!violations.isEmpty()) {
            throw Decision.invalid(violations);
        }
        return output;
    }

    /**
     * What a program put out, without the files that it left: they are added behind the schema. As long as they are the ones that
     * it left, the schema is asked of the rest alone, as it was of the program.
     */
    private static @Nullable Object besideFiles(@Nullable Object output, @Nullable Object before) {
        if (!(output instanceof Map<?, ?> now)
                || !(before instanceof Map<?, ?> was)
                || !(was.get(FILES) instanceof List<?> left)
                || !Json.write(left).equals(Json.write(now.get(FILES)))) {
            return output;
        }
        Map<Object, @Nullable Object> rest = new LinkedHashMap<>(now);
        rest.remove(FILES);
        return rest.keySet().equals(Set.of(OUTPUT)) ? rest.get(OUTPUT) : rest;
    }

    private Map<String, String> ledger(Template template, @Nullable Object output) {
        Map<String, Object> values = resolver.resolve(template.type())
                .map(resolved -> resolved.entry().definition().ledgerOf(output))
                .orElse(Map.of());
        Map<String, String> entries = new LinkedHashMap<>();
        List<Violation> violations = new ArrayList<>();
        values.forEach((key, value) -> {
            String text = Json.write(value);
            entries.put(key, text);
            if (text.length() > Ledger.MAX_VALUE) {
                violations.add(new Violation(
                        "/decision/output",
                        "has " + text.length() + " characters of JSON for '" + key + "' of the ledger; "
                                + Ledger.MAX_VALUE + " are allowed"));
            }
        });
        if (!violations.isEmpty()) {
            throw Decision.invalid(violations);
        }
        return entries;
    }

    /** The state is the stage's own where code made the output; what a person made goes whole, or by key. */
    private Map<String, StoredJson> state(Template template, @Nullable Object output, StoredJson whole)
            throws IOException {
        List<String> keys = template.stateKeys(resolver.resolve(template.type())
                .map(resolved -> resolved.entry().definition().stateKeys())
                .orElse(List.of()));
        Map<String, StoredJson> state = new LinkedHashMap<>();
        if (keys.size() == 1) {
            state.put(keys.get(0), whole);
        } else if (output != null) {
            for (Map.Entry<String, Object> entry :
                    OutputHandler.byKey().apply(keys, output).entrySet()) {
                state.put(entry.getKey(), values.store(entry.getValue()));
            }
        }
        return state;
    }
}
