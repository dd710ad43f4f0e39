package dev.callboard.office;

import dev.callboard.documents.input.Payload;
import dev.callboard.documents.input.StageInput;
import dev.callboard.documents.input.StoredDocument;
import dev.callboard.spi.Stage;
import dev.callboard.spi.StageContext;
import java.util.List;
import java.util.Map;

/**
 * Answers {@code read-office}, which the stage parse asks for files that it cannot read itself. Question: a payload, {@code {sha256,
 * size, media_type, name}}, with the settings of {@link OfficeReader} beside these. Answer: {@code {blob}}, where the document IR is
 * stored. Failures are those of {@link OfficeStage}.
 */
final class ReadOfficeQuestion implements Stage {
    @Override
    @SuppressWarnings("unchecked")
    public Object execute(StageContext context, Object input) throws Exception {
        Map<String, Object> question = (Map<String, Object>) input;
        Payload payload = StageInput.payloads(context, List.of(question)).get(0);
        Map<String, Object> document = new OfficeReader(context, question).read(payload);
        return Map.of("blob", StoredDocument.of(context, document).blob());
    }
}
