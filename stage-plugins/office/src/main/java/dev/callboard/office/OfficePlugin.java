package dev.callboard.office;

import dev.callboard.spi.Stage;
import dev.callboard.spi.StageMetadata;
import dev.callboard.spi.StagePlugin;
import dev.callboard.spi.StageRegistration;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Registers the stage {@code parse-office} and the question {@code read-office}. */
public final class OfficePlugin implements StagePlugin {
    /** For {@link java.util.ServiceLoader}. */
    public OfficePlugin() {}

    @Override
    public List<StageRegistration> stages() {
        return List.of(new StageRegistration(
                StageMetadata.builder("parse-office")
                        .stateKey("document")
                        .description(
                                "Turns Word, PowerPoint, Excel and OpenDocument text files into the document format of"
                                        + " the stage parse, in whose place it stands.")
                        .dependencies("ingest")
                        .build(),
                OfficeStage::new));
    }

    @Override
    public Map<String, Supplier<? extends Stage>> queries() {
        return Map.of("read-office", ReadOfficeQuestion::new);
    }
}
