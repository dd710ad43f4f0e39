package dev.callboard.documents.parse;

import dev.callboard.documents.ir.BlockKind;
import dev.callboard.documents.ir.CleanText;
import dev.callboard.documents.ir.DocumentBuilder;
import dev.callboard.documents.ir.Superscript;
import java.util.HashSet;
import java.util.Set;
import org.jsoup.nodes.DataNode;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;

/** The running text of a page's elements; it knows which of the page's texts were taken. */
final class HtmlText {
    /** Nodes are equal only to themselves. */
    private final Set<Node> taken = new HashSet<>();

    /** Whether nobody took it yet. */
    boolean isOpen(TextNode node) {
        return !taken.contains(node);
    }

    /** The text of a node of text. */
    String of(TextNode node) {
        taken.add(node);
        return node.getWholeText();
    }

    /** The text in an element: in one line but for line breaks that are asked for; blocks in it are set apart by a space. */
    String of(Element element) {
        StringBuilder text = new StringBuilder();
        content(element, text);
        return text.toString();
    }

    /** The text in an element with all its white space, source code for instance; what is no markup in there too. */
    String whole(Element element) {
        StringBuilder text = new StringBuilder();
        element.nodeStream(Node.class).forEach(node -> {
            if (node instanceof TextNode words) {
                text.append(of(words));
            } else if (node instanceof DataNode data) {
                text.append(data.getWholeData());
            } else if (node instanceof Element inner && inner.normalName().equals("br")) {
                text.append('\n');
            }
        });
        return text.toString();
    }

    private void content(Element element, StringBuilder text) {
        for (Node node : element.childNodes()) {
            if (node instanceof TextNode words) {
                append(words, text);
            } else if (node instanceof Element child) {
                append(child, text);
            }
        }
    }

    /** Adds a node of text to a text that goes on: k with a lowered 12, times 3, is not k123. */
    void append(TextNode words, StringBuilder text) {
        boolean lowered = words.previousSibling() instanceof Element before
                && before.normalName().equals("sub")
                && Superscript.joinsNumber(text, words.getWholeText());
        text.append(lowered ? " " : "").append(of(words));
    }

    /** Adds an element that stands in a line to a text that goes on. */
    void append(Element element, StringBuilder text) {
        switch (element.normalName()) {
            case "br" -> text.append(CleanText.LINE_BREAK);
            case "sup" -> raised(element, text);
            case "sub" -> text.append(Superscript.below(text, of(element)));
            case "math" -> text.append(formula(element));
            case "img" -> text.append(HtmlFormulas.ofPicture(element));
            case "wbr" -> {
                // A place where a line may end.
            }
            default -> {
                String space = element.isBlock() || element.normalName().matches("td|th|tr|option") ? " " : "";
                text.append(space);
                content(element, text);
                text.append(space);
            }
        }
    }

    private void raised(Element sup, StringBuilder text) {
        boolean link = sup.selectFirst("a") != null;
        String inside = of(sup);
        // A raised link is a note's mark: 20 with note 3 is not 203.
        boolean mark = link && inside.strip().matches("[\\d,;–\\- *]+");
        text.append(mark ? "[" + inside.strip() + "]" : Superscript.after(text, inside));
    }

    private String formula(Element math) {
        math.nodeStream(TextNode.class).forEach(taken::add);
        XmlElement xml = HtmlFromXml.xml(math);
        StringBuilder text = new StringBuilder(MathText.of(xml));
        // What stands where MathML has no place for it is kept too.
        xml.eachText(words -> text.append(words.isOpen() ? " " + words.take() : ""));
        return text.toString();
    }

    /** What nobody took of an element, as paragraphs. */
    void rest(Element root, String section, DocumentBuilder document) {
        root.nodeStream(TextNode.class).forEach(node -> {
            if (!node.isBlank() && !taken.contains(node)) {
                document.block(section, BlockKind.PARAGRAPH, of(node));
            }
        });
    }
}
