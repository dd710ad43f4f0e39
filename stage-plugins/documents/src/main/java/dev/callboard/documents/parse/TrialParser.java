package dev.callboard.documents.parse;

import com.fasterxml.jackson.databind.JsonNode;
import dev.callboard.documents.ir.BlockKind;
import dev.callboard.documents.ir.DocumentBuilder;
import dev.callboard.spi.StageFailure;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Reads studies as version 2 of the ClinicalTrials.gov API gives them: one ({@code GET /api/v2/studies/NCT…}), a page of them
 * ({@code {studies: […]}}), or the array that the site saves. The tables in {@link TrialFields} come first, then results and
 * all other fields by their names ({@link TrialRest}). Modules may be missing; other JSON is refused.
 */
final class TrialParser {
    private static final String NCT_ID = "NCT\\d{8}";
    private static final String PROTOCOL = "protocolSection";

    private final Source source;

    TrialParser(Source source) {
        this.source = source;
    }

    /** Reads all studies, each as a document. */
    List<DocumentBuilder> read() throws StageFailure, InterruptedException {
        JsonNode root = Json.read(source);
        List<DocumentBuilder> documents = new ArrayList<>();
        List<JsonNode> studies = studies(root);
        for (JsonNode study : studies) {
            DocumentBuilder document = source.newDocument(documents.size() + 1);
            document.sourceCharacters(TrialRest.characters(study));
            source.checkLength(document.sourceCharacters());
            read(study, document);
            documents.add(document);
        }
        if (root.isObject() && root.get(PROTOCOL) == null) {
            for (String field : (Iterable<String>) root::fieldNames) {
                if (!field.equals("studies")) {
                    documents
                            .get(0)
                            .leftOut(
                                    "/" + field,
                                    "about the answer, not a study",
                                    root.get(field).toString());
                }
            }
        }
        return documents;
    }

    private void read(JsonNode study, DocumentBuilder document) throws StageFailure, InterruptedException {
        String id = study.at("/protocolSection/identificationModule/nctId").asText();
        if (!id.matches(NCT_ID)) {
            throw source.unreadable("has no NCT number at protocolSection.identificationModule.nctId");
        }
        // The register is kept in English; a study cannot say otherwise.
        document.lang("en");
        document.meta("nct_id", id);
        Set<String> used = new HashSet<>();
        used.add("/protocolSection/identificationModule/nctId");
        used.add("/protocolSection/identificationModule/briefTitle");
        for (TrialFields.Fact fact : TrialFields.FACTS) {
            document.meta(fact.key(), value(study.at(fact.pointer()), fact.pointer(), used));
        }
        String title =
                study.at("/protocolSection/identificationModule/briefTitle").asText();
        document.title(RegisterText.unescape(title));
        document.block(null, BlockKind.TITLE, RegisterText.unescape(title));
        for (TrialFields.Part part : TrialFields.PARTS) {
            source.checkCancelled();
            section(part, study.at(part.pointer()), document, used);
        }
        new TrialRest(document, used).read(study);
    }

    private List<JsonNode> studies(JsonNode root) throws StageFailure {
        if (root.path(PROTOCOL).isObject()) {
            return List.of(root);
        }
        JsonNode list = root.isArray() ? root : root.path("studies");
        List<JsonNode> studies = new ArrayList<>();
        list.forEach(element -> {
            if (element.path(PROTOCOL).isObject()) {
                studies.add(element);
            }
        });
        if (!studies.isEmpty() && studies.size() == list.size()) {
            return studies;
        }
        if (list.size() > 1 && (root.isObject() || !studies.isEmpty())) {
            throw source.unreadable("holds " + list.size() + " studies, of which " + (list.size() - studies.size())
                    + " have no protocolSection");
        }
        throw source.unreadable("is JSON, but not a ClinicalTrials.gov study (API version 2, with a protocolSection),"
                + " which is the only JSON that parse reads");
    }

    private static void section(TrialFields.Part part, JsonNode value, DocumentBuilder document, Set<String> used) {
        List<String> items = new ArrayList<>();
        if (value.isArray()) {
            for (int i = 0; i < value.size(); i++) {
                items.add(part.template().fill(value.get(i), part.pointer() + "/" + i, used));
            }
        } else if (!value.isMissingNode() && !value.isNull()) {
            items.add(part.template().fill(value, part.pointer(), used));
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

    private static Object value(JsonNode node, String pointer, Set<String> used) {
        if (node.isArray()) {
            List<Object> values = new ArrayList<>();
            for (int i = 0; i < node.size(); i++) {
                JsonNode element = node.get(i);
                used.add(pointer + "/" + i + (element.isObject() ? "/name" : ""));
                String text = element.isObject() ? element.path("name").asText() : element.asText();
                if (!text.isBlank()) {
                    values.add(RegisterText.unescape(text));
                }
            }
            return values;
        }
        used.add(pointer);
        if (node.isIntegralNumber()) {
            return node.longValue();
        }
        return node.isValueNode() && !node.isNull() ? RegisterText.unescape(node.asText()) : null;
    }
}
