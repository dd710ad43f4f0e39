package dev.callboard.engine;

import dev.callboard.engine.Engine.Step;
import dev.callboard.pipelines.PipelineSink;
import dev.callboard.pipelines.StageOrder;
import dev.callboard.sinks.DeliveryRepository.Firing;
import dev.callboard.taskmodel.TaskStatus;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Which outputs go to which sinks once a step is taken: to a sink with {@code after} those of its stages, when all of them
 * that are selected are done; to any other one those of the last stages, when the task is completed. Pure.
 */
final class SinkFirings {
    private SinkFirings() {}

    static List<Firing> of(TaskRecord task, Step step) {
        if (task.sinks().isEmpty()) {
            return List.of();
        }
        StageOrder order = step.state().order();
        boolean completed = step.state().status() == TaskStatus.COMPLETED;
        List<Firing> firings = new ArrayList<>();
        for (PipelineSink sink : task.sinks()) {
            List<String> keys = sink.after().isEmpty()
                    ? order.last()
                    : order.keys().stream()
                            .filter(key ->
                                    sink.after().contains(task.template(key).name()))
                            .toList();
            boolean done = !keys.isEmpty()
                    && keys.stream().allMatch(key -> step.state().stages().get(key) == Engine.Stage.DONE);
            if (done && (completed || !sink.after().isEmpty())) {
                firings.add(new Firing(sink, outputs(task, keys)));
            }
        }
        return firings;
    }

    private static Map<String, String> outputs(TaskRecord task, List<String> keys) {
        Map<String, String> outputs = new LinkedHashMap<>();
        for (String key : keys) {
            Attempt attempt = Objects.requireNonNull(task.latest().get(key), "a stage that is done has an attempt");
            outputs.put(task.template(key).name(), attempt.id());
        }
        return outputs;
    }
}
