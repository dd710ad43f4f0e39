package dev.callboard.documents;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.TextNode;
import org.jsoup.parser.Parser;

/** Takes sources apart by other means than the parsers, and finds which of their texts a document lacks. */
final class SourceTexts {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private SourceTexts() {}

    static List<String> ofXml(String xml) {
        return texts(Jsoup.parse(xml, "", Parser.xmlParser()));
    }

    static List<String> ofHtml(String html) {
        return texts(Jsoup.parse(html));
    }

    private static List<String> texts(Document tree) {
        List<String> texts = new ArrayList<>();
        tree.nodeStream(TextNode.class).map(TextNode::getWholeText).forEach(texts::add);
        return texts;
    }

    static List<String> ofJson(String json) throws Exception {
        List<String> texts = new ArrayList<>();
        leaves(MAPPER.readTree(json), texts);
        return texts;
    }

    private static void leaves(JsonNode node, List<String> texts) {
        if (node.isValueNode()) {
            texts.add(node.asText());
        }
        node.forEach(child -> leaves(child, texts));
    }

    /** The letters and digits of all texts that stand nowhere in a document, one string each. */
    static List<String> missing(List<String> texts, List<Map<String, Object>> documents) throws Exception {
        StringBuilder all = new StringBuilder();
        for (Map<String, Object> document : documents) {
            for (String part : List.of("title", "text", "refs", "meta", "sections")) {
                all.append(values(document.get(part))).append(' ');
            }
        }
        String known = letters(all.toString());
        List<String> missing = new ArrayList<>();
        for (String text : texts) {
            String letters = letters(text);
            if (!letters.isEmpty() && !known.contains(letters)) {
                missing.add(letters);
            }
        }
        return missing;
    }

    private static String values(Object value) throws Exception {
        List<String> values = new ArrayList<>();
        leaves(MAPPER.valueToTree(value), values);
        return String.join(" ", values);
    }

    private static String letters(String text) {
        return Normalizer.normalize(text, Normalizer.Form.NFKC).replaceAll("[^\\p{L}\\p{N}]", "");
    }

    /** How many characters documents say they leave out. */
    static long leftOut(List<Map<String, Object>> documents) {
        return documents.stream()
                .flatMap(document -> TestContext.list(document.get("left_out")).stream())
                .mapToLong(entry -> ((Number) entry.get("chars")).longValue())
                .sum();
    }

    @SuppressWarnings("unchecked")
    static List<Map<String, Object>> documents(Object output) {
        if (output instanceof Map<?, ?> map) {
            return map.containsKey("documents")
                    ? TestContext.list(map.get("documents"))
                    : List.of((Map<String, Object>) map);
        }
        return TestContext.list(output);
    }
}
