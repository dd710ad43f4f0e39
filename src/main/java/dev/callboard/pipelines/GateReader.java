package dev.callboard.pipelines;

import dev.callboard.conditions.ConditionReader;
import dev.callboard.pipelines.Pipeline.Gate;
import dev.callboard.problem.Fields;
import dev.callboard.problem.Violation;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the gates of a pipeline and gives the stages that use them what the gates say. */
final class GateReader {
    private static final Set<String> KEYS = Set.of(
            "name", "resume_stage", "timeout_seconds", "poll_interval_seconds", "condition", "conditions", "retry");
    private static final List<String> TIMES = List.of("timeout_seconds", "poll_interval_seconds");
    private static final int MAX_SECONDS = 366 * 86_400;

    private final List<Gate> gates;
    private final List<Violation> violations;
    private final Map<String, @Nullable Object> policies;
    private final List<StageTemplate> stages;

    private GateReader(
            List<Gate> gates,
            List<StageTemplate> stages,
            Map<String, @Nullable Object> policies,
            List<Violation> violations) {
        this.gates = gates;
        this.violations = violations;
        this.policies = new LinkedHashMap<>(policies);
        this.stages = new ArrayList<>(stages);
    }

    /**
     * Stages that have what their gates say.
     *
     * @param stages with conditions and times in their config, policies for retries, and what resumes after its gate
     * @param policies with one for each gate's {@code retry} that a stage uses
     */
    record Merged(List<StageTemplate> stages, Map<String, @Nullable Object> policies) {}

    static Gate read(Fields fields) {
        PipelineReader.knownKeys(fields, KEYS);
        PipelineReader.required(fields, "name");
        for (String key : TIMES) {
            Number seconds = fields.number(key);
            if (seconds != null && !(seconds.doubleValue() > 0 && seconds.doubleValue() <= MAX_SECONDS)) {
                fields.wrong(key, "must be greater than 0 and at most " + MAX_SECONDS + " seconds");
            }
        }
        if (fields.has("condition") == fields.has("conditions")) {
            fields.wrong("condition", "must be given, or conditions in its place");
        }
        if (fields.has("condition")) {
            add(fields, "condition", ConditionReader.readOne(fields.get("condition")));
        }
        if (fields.has("conditions")) {
            add(fields, "conditions", ConditionReader.read(fields.get("conditions")));
        }
        PolicyReader.checkMember(fields, "retry");
        String resume = fields.word("resume_stage", "", PipelineReader.STAGE_NAME);
        return new Gate(
                fields.word("name", "", PipelineReader.STAGE_NAME),
                resume.isEmpty() ? null : resume,
                PipelineReader.plain(fields.values()));
    }

    private static void add(Fields fields, String key, ConditionReader.Reading read) {
        read.faults().forEach((pointer, detail) -> fields.violations()
                .add(new Violation(fields.pointerOf(key) + pointer, detail)));
    }

    /** Checks names, puts the gates into their stages, and checks what comes after them. */
    static Merged merge(
            List<Gate> gates,
            List<StageTemplate> stages,
            Map<String, @Nullable Object> policies,
            List<Violation> violations) {
        GateReader reader = new GateReader(gates, stages, policies, violations);
        reader.checkNames();
        reader.fill();
        if (violations.isEmpty()) {
            reader.resume();
        }
        return new Merged(reader.stages, reader.policies);
    }

    private void checkNames() {
        Set<String> names = new HashSet<>();
        for (int i = 0; i < gates.size(); i++) {
            Gate gate = gates.get(i);
            if (!gate.name().isEmpty() && !names.add(gate.name())) {
                wrong("/gates/" + i + "/name", "there is a gate '" + gate.name() + "' already");
            }
            if (!gate.name().isEmpty()
                    && stages.stream().noneMatch(stage -> gate.name().equals(stage.gate()))) {
                wrong("/gates/" + i + "/name", "no stage says gate: " + gate.name() + ", so the gate is never asked");
            }
            String resume = gate.resumeStage();
            if (resume != null
                    && stages.stream().noneMatch(stage -> stage.name().equals(resume))) {
                wrong("/gates/" + i + "/resume_stage", "there is no stage '" + resume + "'");
            }
        }
    }

    private void fill() {
        for (int i = 0; i < stages.size(); i++) {
            StageTemplate stage = stages.get(i);
            if (stage.gate() == null) {
                continue;
            }
            int gate = indexOf(stage.gate());
            if (gate < 0) {
                wrong(
                        "/stages/" + i + "/gate",
                        stage.gate() instanceof String name
                                ? "there is no gate '" + name + "' under gates"
                                : "must be the name of a gate under gates");
            } else {
                stages.set(i, filled(stage, "/stages/" + i + "/config", gates.get(gate)));
            }
        }
    }

    private int indexOf(@Nullable Object name) {
        for (int i = 0; i < gates.size(); i++) {
            if (gates.get(i).name().equals(name)) {
                return i;
            }
        }
        return -1;
    }

    private StageTemplate filled(StageTemplate stage, String pointer, Gate gate) {
        Map<String, @Nullable Object> config = new LinkedHashMap<>(stage.config());
        Map<String, @Nullable Object> given = new LinkedHashMap<>();
        Object one = gate.definition().get("condition");
        given.put("conditions", one == null ? gate.definition().get("conditions") : List.of(one));
        TIMES.forEach(key -> given.put(key, gate.definition().get(key)));
        given.forEach((key, value) -> {
            if (value == null) {
                return;
            }
            Object own = config.put(key, value);
            if (own != null && !own.equals(value)) {
                wrong(pointer + "/" + key, "is given by the gate '" + gate.name() + "' already; keep one of the two");
            }
        });
        String policy = stage.policy() == null ? retry(gate) : stage.policy();
        return stage.with(config, policy);
    }

    /** The name of the policy that a gate's {@code retry} makes. */
    private @Nullable String retry(Gate gate) {
        if (!(gate.definition().get("retry") instanceof Map<?, ?> retry)) {
            return null;
        }
        String word = "gate-" + gate.name().replaceAll("[^A-Za-z0-9._-]", "-");
        String name = word.length() > 60 ? word.substring(0, 60) : word;
        for (int i = 2; policies.containsKey(name) && !retry.equals(policies.get(name)); i++) {
            name = (word.length() > 60 ? word.substring(0, 60) : word) + "-" + i;
        }
        policies.put(name, PipelineReader.plain(retry));
        return name;
    }

    private void resume() {
        for (int i = 0; i < gates.size(); i++) {
            String resume = gates.get(i).resumeStage();
            if (resume != null) {
                for (StageTemplate gate : List.copyOf(stages)) {
                    if (gates.get(i).name().equals(gate.gate())) {
                        resume("/gates/" + i + "/resume_stage", gate.name(), resume);
                    }
                }
            }
        }
    }

    private void resume(String pointer, String gate, String resume) {
        if (gate.equals(resume)) {
            wrong(pointer, "is the gate's own stage; name the stage that goes on after it");
            return;
        }
        StageOrder order =
                StageOrder.of(stages.stream().map(StageTemplate::node).toList());
        if (order.isBefore(resume, gate)) {
            wrong(pointer, "'" + resume + "' comes before the gate's stage '" + gate + "'");
            return;
        }
        List<String> between = order.keys().stream()
                .filter(key -> order.isBefore(gate, key) && order.isBefore(key, resume))
                .toList();
        if (!between.isEmpty()) {
            wrong(
                    pointer,
                    "'" + resume + "' does not come right after the gate's stage '" + gate + "': between them is "
                            + String.join(", ", between));
        } else if (!order.previous(resume).contains(gate)) {
            List<String> dependsOn = new ArrayList<>(order.previous(resume));
            dependsOn.add(gate);
            stages.replaceAll(stage -> stage.name().equals(resume) ? stage.after(false, dependsOn) : stage);
        }
    }

    private void wrong(String pointer, String detail) {
        violations.add(new Violation(pointer, detail));
    }
}
