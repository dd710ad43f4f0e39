package dev.callboard.stages;

import dev.callboard.spi.StageMetadata;
import dev.callboard.spi.StagePlugin;
import dev.callboard.spi.StageRegistration;
import java.util.List;

/** Registers the stages that the server brings along; their palette entries are with the built-in ones. */
public final class CoreStages implements StagePlugin {
    @Override
    public List<StageRegistration> stages() {
        return List.of(new StageRegistration(
                StageMetadata.builder("gate")
                        .description("Lets a task pass only when a condition on its ledger holds.")
                        .build(),
                GateStage::new,
                GateStage::check));
    }
}
