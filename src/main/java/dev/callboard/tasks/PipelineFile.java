package dev.callboard.tasks;

import dev.callboard.model.Pipeline;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A pipeline file as it is served.
 *
 * @param name the pipeline's name; the file's, without its suffix, while no good state of it is known
 * @param pipeline the last good state, null when there was none yet
 * @param faults what is wrong with the file now; the last good state is served meanwhile
 */
record PipelineFile(String name, @Nullable Pipeline pipeline, List<Fault> faults) {
    PipelineFile {
        faults = List.copyOf(faults);
    }
}
