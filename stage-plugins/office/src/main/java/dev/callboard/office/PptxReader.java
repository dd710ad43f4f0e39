package dev.callboard.office;

import dev.callboard.documents.ir.BlockKind;
import dev.callboard.documents.ir.CleanText;
import dev.callboard.documents.ir.DocumentBuilder;
import dev.callboard.documents.ir.Superscript;
import dev.callboard.spi.StageFailure;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Reads PowerPoint's slides in the order in which they are shown, each a section and a page, with its speaker's notes. */
final class PptxReader {
    private static final String MAIN = "ppt/presentation.xml";

    private final OfficeFile file;
    private final Sink sink;
    private final DocumentBuilder document;

    PptxReader(OfficeFile file, Sink sink) {
        this.file = file;
        this.sink = sink;
        this.document = sink.document();
    }

    void read() throws IOException, StageFailure, InterruptedException {
        Map<String, String> parts = file.relations(MAIN);
        int number = 0;
        for (Element id : file.root(MAIN).at("sldIdLst").children("sldId")) {
            number++;
            String part = parts.get(id.attribute("r:id"));
            if (part == null || !file.has(part)) {
                throw file.unreadable("lacks its slide " + number + "; it is damaged");
            }
            slide(part, number);
        }
        document.meta("pages", number == 0 ? null : number);
    }

    private void slide(String part, int number) throws IOException, StageFailure, InterruptedException {
        Element tree = file.root(part).at("cSld", "spTree");
        document.atPage(number);
        String title = "";
        for (Element shape : shapes(tree)) {
            if (title.isBlank() && placeholder(shape).matches("title|ctrTitle")) {
                title = String.join(" ", paragraphs(shape.at("txBody"))).strip();
            }
        }
        if (!document.hasTitle()) {
            document.title(title);
        }
        if (shapes(tree).stream().allMatch(shape -> shape.words("t").isBlank())) {
            document.leftOut("slide " + number, "has no text");
        } else {
            sink.heading(1, title.isBlank() ? "Slide " + number : title);
        }
        boolean titled = !title.isBlank();
        for (Element shape : shapes(tree)) {
            String placeholder = placeholder(shape);
            if (titled && placeholder.matches("title|ctrTitle")) {
                titled = false;
            } else if (placeholder.matches("dt|ftr|hdr|sldNum")) {
                document.leftOut(placeholder, "a running header, footer or number of slides", shape.words("t"));
            } else {
                shape(shape, placeholder.matches("body|obj|list"));
            }
        }
        for (String beside : file.relations(part).values()) {
            if (beside.matches("ppt/notesSlides/[^/]+\\.xml")) {
                notes(beside);
            } else if (beside.matches("ppt/(charts|diagrams/data|comments).*\\.xml")) {
                document.leftOut(
                        beside.replaceAll("ppt/(\\w+).*", "$1"),
                        beside.contains("comments") ? "remarks of readers" : "words in a drawing",
                        file.root(beside).text());
            }
        }
    }

    /** Those in groups too, in order. */
    private static List<Element> shapes(Element tree) {
        List<Element> shapes = new ArrayList<>();
        for (Element child : tree.children()) {
            switch (child.name()) {
                case "grpSp" -> shapes.addAll(shapes(child));
                case "AlternateContent" -> shapes.addAll(shapes(child.at("Choice")));
                case "sp", "graphicFrame", "cxnSp" -> shapes.add(child);
                default -> {
                    // Pictures and properties have no text.
                }
            }
        }
        return shapes;
    }

    /** The kind of place on the slide that a shape fills: {@code body} where nothing else is said, empty where it fills none. */
    private static String placeholder(Element shape) {
        Element properties = shape.at("nvSpPr", "nvPr");
        if (!properties.has("ph")) {
            return "";
        }
        String type = properties.at("ph").attribute("type");
        return type.isEmpty() ? "obj" : type;
    }

    private void shape(Element shape, boolean list) throws StageFailure, InterruptedException {
        for (Element table : shape.below("tbl")) {
            Rows rows = new Rows();
            for (Element row : table.children("tr")) {
                rows.add(row.children("tc").stream()
                        .map(cell -> String.join(" ", paragraphs(cell.at("txBody"))))
                        .toList());
            }
            sink.block(BlockKind.TABLE, rows.toString());
        }
        for (Element paragraph : shape.at("txBody").children("p")) {
            boolean bullet = list
                    ? !paragraph.has("pPr", "buNone")
                    : paragraph.has("pPr", "buChar") || paragraph.has("pPr", "buAutoNum");
            sink.block(bullet ? BlockKind.LIST_ITEM : BlockKind.PARAGRAPH, text(paragraph));
        }
    }

    private void notes(String part) throws IOException, StageFailure, InterruptedException {
        for (Element shape : shapes(file.root(part).at("cSld", "spTree"))) {
            if (placeholder(shape).equals("body")) {
                for (String paragraph : paragraphs(shape.at("txBody"))) {
                    sink.block(BlockKind.NOTE, paragraph);
                }
            } else if (!placeholder(shape).equals("sldImg")) {
                document.leftOut("notes", "a running header, footer or number of slides", shape.words("t"));
            }
        }
    }

    private static List<String> paragraphs(Element body) {
        return body.children("p").stream().map(PptxReader::text).toList();
    }

    private static String text(Element paragraph) {
        StringBuilder text = new StringBuilder();
        for (Element part : paragraph.children()) {
            switch (part.name()) {
                case "r", "fld" -> run(part, text);
                case "br" -> text.append(CleanText.LINE_BREAK);
                case "m", "AlternateContent" ->
                    part.below("oMath").stream().limit(1).forEach(math -> text.append(' ')
                            .append(OfficeMath.of(math))
                            .append(' '));
                default -> {
                    // Properties.
                }
            }
        }
        return text.toString();
    }

    private static void run(Element run, StringBuilder text) {
        int baseline = run.at("rPr").number("baseline", 0);
        String words = run.at("t").text();
        if (baseline > 0) {
            text.append(Superscript.after(text, words));
        } else {
            text.append(baseline < 0 ? Superscript.below(text, words) : words);
        }
    }
}
