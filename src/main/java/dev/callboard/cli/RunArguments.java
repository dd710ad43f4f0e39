package dev.callboard.cli;

import dev.callboard.config.ServerConfig;
import dev.callboard.pipelines.Pipeline;
import dev.callboard.pipelines.PipelineFile;
import dev.callboard.pipelines.PipelineFolder;
import dev.callboard.pipelines.SelectedStages;
import dev.callboard.problem.ProblemException;
import dev.callboard.problem.Violation;
import java.util.List;

/**
 * Checks the arguments of {@code run} by the files of the config folder, when the data folder cannot be had: a wrong argument is
 * reported first, since it would be refused by the server that has the folder as well.
 */
final class RunArguments {
    private RunArguments() {}

    /** Fails with {@code unknown_pipeline}, {@code invalid_selection} or {@code invalid_set}. */
    static void check(ServerConfig config, String name, List<String> stages, List<String> settings) {
        List<PipelineFile> files = new PipelineFolder(config.pipelines()).look();
        PipelineFile file = files.stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow(() -> ProblemException.notFound("unknown_pipeline", PipelineFile.unknown(name, files)));
        Pipeline pipeline = file.pipeline();
        if (pipeline == null) {
            return;
        }
        List<Violation> faults = SelectedStages.of(pipeline, stages).faults(pipeline, stages);
        if (!faults.isEmpty()) {
            throw SelectedStages.refused(faults);
        }
        RunSettings.of(pipeline.order().keys(), settings);
    }
}
