package dev.callboard.office;

import dev.callboard.spi.StageFailure;
import java.io.IOException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;

/** What the paragraph styles of a Word file mean: their names are English in every language's Word. */
final class DocxStyles {
    private static final int LONGEST_CHAIN = 20;

    private final Map<String, Element> styles = new HashMap<>();

    private DocxStyles() {}

    static DocxStyles of(OfficeFile file) throws IOException, StageFailure {
        DocxStyles result = new DocxStyles();
        for (Element style : file.root("word/styles.xml").children("style")) {
            result.styles.put(style.attribute("styleId"), style);
        }
        return result;
    }

    /** The name of a style in lower case; empty when there is no such style. */
    private String name(String id) {
        return styles.containsKey(id)
                ? styles.get(id).at("name").attribute("val").toLowerCase(Locale.ROOT)
                : "";
    }

    /** The first answer along the styles that one is based on. */
    private String along(String id, UnaryOperator<String> question) {
        String at = id;
        for (int i = 0; i < LONGEST_CHAIN && styles.containsKey(at); i++) {
            String answer = question.apply(at);
            if (!answer.isEmpty()) {
                return answer;
            }
            at = styles.get(at).at("basedOn").attribute("val");
        }
        return "";
    }

    /** The level of a heading, from 1; 0 for other paragraphs. */
    int headingLevel(Element properties) {
        String own = properties.at("outlineLvl").attribute("val");
        String found = !own.isEmpty()
                ? own
                : along(properties.at("pStyle").attribute("val"), id -> {
                    String name = name(id);
                    return name.matches("heading [1-9]")
                            ? String.valueOf(name.charAt(8) - '1')
                            : styles.get(id).at("pPr", "outlineLvl").attribute("val");
                });
        // Level 10, which is 9 here, means running text.
        return found.matches("[0-8]") ? found.charAt(0) - '0' + 1 : 0;
    }

    /** Whether a paragraph has a bullet or a number. */
    boolean isListItem(Element properties) {
        String own = properties.at("numPr", "numId").attribute("val");
        String number = !own.isEmpty()
                ? own
                : along(
                        properties.at("pStyle").attribute("val"),
                        id -> styles.get(id).at("pPr", "numPr", "numId").attribute("val"));
        return !number.isEmpty() && !number.equals("0");
    }

    /** Whether a paragraph's style, or one that it is based on, has a name. */
    boolean is(Element properties, String pattern) {
        return !along(properties.at("pStyle").attribute("val"), id -> name(id).matches(pattern) ? "yes" : "")
                .isEmpty();
    }
}
