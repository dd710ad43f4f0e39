package dev.callboard.taskmodel;

import dev.callboard.spi.StageMetadata;
import java.util.List;

/** A stage that applies and counts its output itself, because the code that does it is not here. */
public interface AppliedOutput {
    /**
     * What the engine is to know of this execution. Asked for once, before the stage is executed; its output handler and
     * counter answer after that.
     *
     * @param stateKeys where the output goes in this pipeline
     */
    StageMetadata metadata(List<String> stateKeys);
}
