package dev.callboard.documents.parse;

import dev.callboard.documents.ir.Superscript;
import java.util.ArrayList;
import java.util.List;

/**
 * Presentation MathML in one line of text, with a sign for each structure that carries meaning: {@code 1/20}, {@code 10⁻⁶},
 * {@code √49}, {@code [1, 2; 3, 4]}. Annotations, which say the same in another notation, are not read.
 */
final class MathText {
    private static final List<String> ACCENTS = List.of("¯", "‾", "^", "ˆ", "~", "˜", "→", "⃗", "˙", "¨", "_", "̲");

    private MathText() {}

    /** The text of a {@code math} element, or of any element inside one; empty when nothing is shown. */
    static String of(XmlElement math) {
        String shown = content(math).strip();
        return shown.isEmpty() ? math.attribute("alttext").strip() : shown;
    }

    private static String node(XmlElement e) {
        return switch (e.name()) {
            case "mfrac" -> fraction(e);
            case "msup" -> base(e, 0) + exponent(arg(e, 1));
            case "msub" -> base(e, 0) + index(arg(e, 1));
            case "msubsup" -> base(e, 0) + index(arg(e, 1)) + exponent(arg(e, 2));
            case "munder" -> under(e);
            case "mover" -> over(e);
            case "munderover" -> base(e, 0) + index(arg(e, 1)) + exponent(arg(e, 2));
            case "mmultiscripts" -> scripts(e);
            case "msqrt" -> "√" + Superscript.grouped(content(e));
            case "mroot" -> root(e);
            case "mfenced" -> fenced(e);
            case "mtable" -> table(e);
            case "mspace" -> " ";
            case "semantics", "maction" ->
                e.elements().isEmpty() ? content(e) : node(e.elements().get(0));
            case "annotation", "annotation-xml", "mphantom", "none", "mprescripts" -> "";
            case "mtext", "ms" -> content(e).replaceAll("\\s+", " ");
            case "mo", "mi", "mn" -> content(e).strip();
            default -> content(e);
        };
    }

    /** Children in a row; two numbers never become one. */
    private static String content(XmlElement element) {
        StringBuilder text = new StringBuilder();
        for (XmlNode node : element.nodes()) {
            String next = node instanceof XmlText characters ? own(element, characters) : node((XmlElement) node);
            boolean numbers = !text.isEmpty()
                    && !next.isEmpty()
                    && node instanceof XmlElement
                    && Character.isLetterOrDigit(text.charAt(text.length() - 1))
                    && Character.isDigit(next.charAt(0))
                    && (Character.isDigit(text.charAt(text.length() - 1)) || next.contains("/"));
            text.append(numbers ? " " : "").append(next);
        }
        return text.toString();
    }

    /** White space between elements means nothing; other text is kept wherever it stands. */
    private static String own(XmlElement parent, XmlText characters) {
        boolean token = parent.name().matches("m[ions]|mtext|math|inline-formula|disp-formula|tex-math");
        return token || !characters.text().isBlank() ? characters.take() : "";
    }

    private static String arg(XmlElement e, int index) {
        List<XmlElement> children = e.elements();
        return index < children.size() ? node(children.get(index)).strip() : "";
    }

    private static String base(XmlElement e, int index) {
        String base = arg(e, index);
        boolean single = base.codePointCount(0, base.length()) <= 1
                || base.matches("[\\p{L}\\p{N}.,]+|\\(.*\\)|\\[.*]|\\|.*\\|");
        return single ? base : "(" + base + ")";
    }

    private static String exponent(String text) {
        if (text.isEmpty()) {
            return "";
        }
        boolean mark = text.matches("[*′″'†‡°⊤⊥]+");
        return mark ? text : Superscript.exponent(text);
    }

    private static String index(String text) {
        return text.isEmpty() ? "" : Superscript.index(text);
    }

    private static String fraction(XmlElement e) {
        // A fraction without a line is a binomial coefficient.
        if (e.attribute("linethickness").matches("0(\\D.*)?")) {
            return "(" + arg(e, 0) + " over " + arg(e, 1) + ")";
        }
        return Superscript.grouped(arg(e, 0)) + "/" + Superscript.grouped(arg(e, 1));
    }

    private static String root(XmlElement e) {
        String degree = arg(e, 1);
        String raised = Superscript.of(degree);
        String sign = raised.equals(degree) ? "root[" + degree + "]" : raised + "√";
        return sign + Superscript.grouped(arg(e, 0));
    }

    private static String under(XmlElement e) {
        String mark = arg(e, 1);
        return ACCENTS.contains(mark) ? arg(e, 0) + mark : base(e, 0) + index(mark);
    }

    private static String over(XmlElement e) {
        String mark = arg(e, 1);
        return ACCENTS.contains(mark) ? arg(e, 0) + mark : base(e, 0) + exponent(mark);
    }

    private static String scripts(XmlElement e) {
        StringBuilder before = new StringBuilder();
        StringBuilder after = new StringBuilder(base(e, 0));
        boolean pre = false;
        int place = 0;
        for (XmlElement child : e.elements()
                .subList(Math.min(1, e.elements().size()), e.elements().size())) {
            if (child.is("mprescripts")) {
                pre = true;
                place = 0;
                continue;
            }
            String script = node(child).strip();
            (pre ? before : after).append(place++ % 2 == 0 ? index(script) : exponent(script));
        }
        return before.append(after).toString();
    }

    private static String fenced(XmlElement e) {
        String open = e.attribute("open").isEmpty() ? "(" : e.attribute("open");
        String close = e.attribute("close").isEmpty() ? ")" : e.attribute("close");
        String separators = e.attribute("separators").strip();
        List<String> parts = new ArrayList<>();
        e.elements().forEach(child -> parts.add(node(child)));
        return open + String.join(separators.isEmpty() ? ", " : separators.charAt(0) + " ", parts) + close;
    }

    private static String table(XmlElement e) {
        List<String> rows = new ArrayList<>();
        for (XmlElement row : e.elements()) {
            List<String> cells = new ArrayList<>();
            row.elements().forEach(cell -> cells.add(node(cell).strip()));
            rows.add(String.join(", ", cells));
        }
        return "[" + String.join("; ", rows) + "]";
    }
}
