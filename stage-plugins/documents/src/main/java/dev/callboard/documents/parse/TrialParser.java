package dev.callboard.documents.parse;

import com.fasterxml.jackson.databind.JsonNode;
import dev.callboard.documents.ir.BlockKind;
import dev.callboard.documents.ir.DocumentBuilder;
import dev.callboard.spi.StageFailure;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads a study as version 2 of the ClinicalTrials.gov API gives it ({@code GET /api/v2/studies/NCT…}), by the tables
 * in {@link TrialFields}. Modules may be missing; other JSON is refused.
 */
final class TrialParser implements DocumentParser {
    private static final String NCT_ID = "NCT\\d{8}";

    @Override
    public void parse(Source source, DocumentBuilder document) throws StageFailure, InterruptedException {
        JsonNode study = study(Json.read(source), source);
        String id = study.at("/protocolSection/identificationModule/nctId").asText();
        if (!id.matches(NCT_ID)) {
            throw source.unreadable("has no NCT number at protocolSection.identificationModule.nctId");
        }
        // The register is kept in English; a study cannot say otherwise.
        document.lang("en");
        document.meta("nct_id", id);
        for (TrialFields.Fact fact : TrialFields.FACTS) {
            document.meta(fact.key(), value(study.at(fact.pointer())));
        }
        String title =
                study.at("/protocolSection/identificationModule/briefTitle").asText();
        document.title(title);
        document.block(null, BlockKind.TITLE, title);
        for (TrialFields.Part part : TrialFields.PARTS) {
            source.checkCancelled();
            section(part, study.at(part.pointer()), document);
        }
    }

    private static JsonNode study(JsonNode root, Source source) throws StageFailure {
        if (root.path("protocolSection").isObject()) {
            return root;
        }
        JsonNode studies = root.path("studies");
        if (studies.size() == 1 && studies.path(0).path("protocolSection").isObject()) {
            return studies.get(0);
        }
        if (studies.size() > 1) {
            throw source.unreadable("holds " + studies.size() + " studies; give each study as a file of its own");
        }
        throw source.unreadable("is JSON, but not a ClinicalTrials.gov study (API version 2, with a protocolSection),"
                + " which is the only JSON that parse reads");
    }

    private static void section(TrialFields.Part part, JsonNode value, DocumentBuilder document) {
        List<String> items = new ArrayList<>();
        if (value.isArray()) {
            value.forEach(element -> items.add(part.template().fill(element)));
        } else if (!value.isMissingNode() && !value.isNull()) {
            items.add(part.template().fill(value));
        }
        items.removeIf(String::isBlank);
        if (items.isEmpty()) {
            return;
        }
        String section = document.section(null, part.title());
        document.block(section, BlockKind.HEADING, part.title());
        for (String item : items) {
            if (value.isArray()) {
                document.block(section, BlockKind.LIST_ITEM, item);
            } else {
                RegisterText.write(item, section, document);
            }
        }
    }

    private static Object value(JsonNode node) {
        if (node.isArray()) {
            List<Object> values = new ArrayList<>();
            for (JsonNode element : node) {
                String text = element.isObject() ? element.path("name").asText() : element.asText();
                if (!text.isBlank()) {
                    values.add(RegisterText.unescape(text));
                }
            }
            return values;
        }
        if (node.isIntegralNumber()) {
            return node.longValue();
        }
        return node.isValueNode() && !node.isNull() ? RegisterText.unescape(node.asText()) : null;
    }
}
