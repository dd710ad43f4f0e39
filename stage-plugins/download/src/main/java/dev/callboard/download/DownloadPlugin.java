package dev.callboard.download;

import dev.callboard.spi.OutputCounter;
import dev.callboard.spi.StageMetadata;
import dev.callboard.spi.StagePlugin;
import dev.callboard.spi.StageRegistration;
import java.util.List;

/** Registers the stage download. Creating it opens nothing. */
public final class DownloadPlugin implements StagePlugin {
    /** For {@link java.util.ServiceLoader}. */
    public DownloadPlugin() {}

    @Override
    public List<StageRegistration> stages() {
        return List.of(new StageRegistration(
                StageMetadata.builder("download")
                        .stateKey("downloaded_files")
                        .outputCounter(OutputCounter.sumOf("files"))
                        .description("Fetches files from addresses in the settings, the task's input or earlier outputs"
                                + " into the content store.")
                        .build(),
                DownloadStage::new));
    }
}
