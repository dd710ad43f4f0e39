package dev.callboard.pipelines;

import dev.callboard.problem.Fields;
import dev.callboard.problem.Violation;
import dev.callboard.spi.Forms;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads {@code inputs} of stages: what each input port is fed by. */
final class PortInputs {
    private static final int MAX_PORTS = 100;
    private static final int MAX_TEXT = 128 + 1 + 64;

    private PortInputs() {}

    /** The texts by port, in the order of the file. */
    static Map<String, String> read(Fields stage) {
        Map<String, String> inputs = new LinkedHashMap<>();
        Map<?, ?> map = PipelineReader.object(stage, "inputs");
        if (map.size() > MAX_PORTS) {
            stage.wrong("inputs", "must have at most " + MAX_PORTS + " ports, it has " + map.size());
            return inputs;
        }
        Fields fields = new Fields(map, stage.pointerOf("inputs"), stage.violations());
        for (Object key : map.keySet()) {
            String port = String.valueOf(key);
            if (!Forms.PORT_NAME.matcher(port).matches()) {
                fields.wrong(port, "is not the name of a port, which matches " + Forms.PORT_NAME.pattern());
            } else if (!fields.has(port)) {
                fields.wrong(port, "must name the stage or source that feeds the port");
            } else {
                String text = fields.text(port, "", MAX_TEXT).strip();
                if (text.isEmpty() && map.get(key) instanceof String) {
                    fields.wrong(port, "must name the stage or source that feeds the port");
                }
                inputs.put(port, text);
            }
        }
        return inputs;
    }

    /** Stages that come after what feeds them; what is named and not there is a violation. */
    static List<StageTemplate> followed(
            List<StageTemplate> stages, Collection<String> sources, List<Violation> violations) {
        Set<String> names =
                new LinkedHashSet<>(stages.stream().map(StageTemplate::name).toList());
        List<StageTemplate> followed = new ArrayList<>();
        for (int i = 0; i < stages.size(); i++) {
            StageTemplate stage = stages.get(i);
            Set<String> before = new LinkedHashSet<>(stage.dependsOn());
            for (Map.Entry<String, String> input : stage.inputs().entrySet()) {
                PortInput from = PortInput.of(input.getValue(), names, sources).orElse(null);
                if (from != null && !from.source()) {
                    before.add(from.from());
                } else if (from == null && !input.getValue().isEmpty()) {
                    violations.add(new Violation(
                            "/stages/" + i + "/inputs/" + Fields.escape(input.getKey()),
                            "there is no stage and no source '" + input.getValue() + "'"));
                }
            }
            followed.add(stage.inputs().isEmpty() ? stage : stage.after(false, List.copyOf(before)));
        }
        return followed;
    }
}
