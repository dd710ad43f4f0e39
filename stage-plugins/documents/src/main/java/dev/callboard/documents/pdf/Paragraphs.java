package dev.callboard.documents.pdf;

import dev.callboard.documents.ir.BlockKind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Puts the lines of a column together to paragraphs, items of lists, captions and tables. */
final class Paragraphs {
    static final Pattern CAPTION = Pattern.compile(
            "^(?:Figures?|Fig\\.?|FIG\\.?|FIGURE|Tables?|TABLE|Scheme|Box|Chart|Listing|Algorithm|Abbildung|Abb\\.|Tabelle|Tab\\.)"
                    + "\\s+[A-Z]?\\d{0,3}[IVX]{0,5}[a-z]?\\s*(?:[.:|–—]|$|\\s+[A-Z(]).*");
    static final Pattern BULLET = Pattern.compile(
            "^(?:[•▪■●◦‣➢✓·∙]\\s*|[*–—-]\\s+|\\(?\\d{1,3}[.)]\\s+|\\[\\d{1,3}\\]\\s*|\\(?[a-z][.)]\\s+|[ivx]{1,4}[.)]\\s+)\\S.*");
    private static final Pattern LEADERS = Pattern.compile("\\s*(?:\\.\\s*){5,}");
    private static final int DEEPEST_INDENT = 40;
    private static final float INDENT = 0.7f;
    private static final float WIDEST_INDENT = 6;
    private static final float MUCH_LARGER = 1.12f;

    private final Body body;
    private final Outline outline;
    private final Hyphens hyphens;
    private final List<TextBlock> blocks = new ArrayList<>();
    private float left;
    private float right;
    private float usual;
    private float leading;
    private boolean references;
    /** Where the items of references start whose other lines are indented; not a number where they are not. */
    private float hanging = Float.NaN;

    private TextBlock block;

    Paragraphs(Body body, Outline outline, Hyphens hyphens) {
        this.body = body;
        this.outline = outline;
        this.hyphens = hyphens;
    }

    /** Reads one column more. */
    void add(List<Line> column) {
        if (!column.isEmpty()) {
            measure(column);
            block = null;
            read(column);
        }
    }

    List<TextBlock> blocks() {
        return blocks;
    }

    private void measure(List<Line> lines) {
        float[] starts = new float[lines.size()];
        float[] ends = new float[lines.size()];
        float[] steps = new float[Math.max(0, lines.size() - 1)];
        Map<Integer, Integer> common = new HashMap<>();
        for (int i = 0; i < lines.size(); i++) {
            starts[i] = lines.get(i).start();
            ends[i] = lines.get(i).tail();
            common.merge(Math.round(lines.get(i).start()), 1, Integer::sum);
            if (i > 0) {
                steps[i - 1] = lines.get(i).y() - lines.get(i - 1).y();
            }
        }
        Arrays.sort(starts);
        Arrays.sort(ends);
        Arrays.sort(steps);
        left = starts[starts.length / 20];
        right = ends[Math.min(ends.length - 1, ends.length * 19 / 20)];
        usual = common.entrySet().stream()
                .max(Map.Entry.comparingByValue())
                .orElseThrow()
                .getKey();
        leading = steps.length >= 5 ? steps[steps.length / 2] : 0;
    }

    private void read(List<Line> lines) {
        for (int i = 0; i < lines.size(); ) {
            int rows = Tables.rows(lines, i);
            if (rows > 0) {
                start();
                block.kind = BlockKind.TABLE;
                block.lines.addAll(lines.subList(i, i + rows));
                block.text = Tables.text(block.lines);
                i += rows;
                block = null;
                continue;
            }
            Line line = lines.get(i++);
            if (isCode(line)) {
                code(line);
                continue;
            }
            if (Body.REFERENCES.matcher(line.text()).matches()) {
                references = true;
                hanging = hanging(lines.subList(i, lines.size()));
            } else if (references && i == 1) {
                hanging = hanging(lines);
            }
            if (block == null || startsNew(block.last(), line)) {
                start();
                block.kind = kind(line);
            }
            block.lines.add(line);
            block.text = hyphens.join(block.text, LEADERS.matcher(line.text()).replaceAll(" … "));
        }
    }

    private boolean isCode(Line line) {
        return line.fixed() && !body.fixed() && !line.bold() && line.size() < body.size() * MUCH_LARGER;
    }

    /** Lines of program code stay lines, indented as they are. */
    private void code(Line line) {
        if (block == null
                || block.kind != BlockKind.CODE
                || line.y() - block.last().y() > line.size() * Math.max(body.leading(), 1) * 2) {
            start();
            block.kind = BlockKind.CODE;
        }
        int indent = Math.round((line.start() - left) / (line.size() * 0.6f));
        String text = " ".repeat(Math.max(0, Math.min(indent, DEEPEST_INDENT))) + line.text();
        block.text += block.lines.isEmpty() ? text : "\n" + text;
        block.lines.add(line);
    }

    private BlockKind kind(Line line) {
        if (isEntry(line)) {
            return BlockKind.LIST_ITEM;
        }
        if (CAPTION.matcher(line.text()).matches()) {
            return BlockKind.CAPTION;
        }
        boolean item = BULLET.matcher(line.text()).matches()
                || (line.start() < hanging + line.size()
                        && line.size() < body.size() * MUCH_LARGER
                        && !Body.REFERENCES.matcher(line.text()).matches()
                        && !(line.bold() && line.tail() < right - (right - left) * 0.3f));
        return item ? BlockKind.LIST_ITEM : BlockKind.PARAGRAPH;
    }

    /** Where items start, when a good part of the lines is indented behind them. */
    private static float hanging(List<Line> lines) {
        float first = Float.MAX_VALUE;
        for (Line line : lines) {
            first = Math.min(first, line.start());
        }
        int indented = 0;
        for (Line line : lines) {
            float indent = line.start() - first;
            indented += indent > line.size() * INDENT && indent < line.size() * WIDEST_INDENT ? 1 : 0;
        }
        return indented * 4 >= lines.size() && indented < lines.size() ? first : Float.NaN;
    }

    private void start() {
        block = new TextBlock(left, right);
        blocks.add(block);
    }

    /** A line of a table of contents: dots lead to its page. */
    private static boolean isEntry(Line line) {
        return LEADERS.matcher(line.text()).find();
    }

    private boolean startsNew(Line before, Line line) {
        if (isEntry(before) || block.kind == BlockKind.CODE) {
            return true;
        }
        float size = Math.min(before.size(), line.size());
        float step = line.y() - before.y();
        float most = leading > 0 && Math.abs(line.size() - body.size()) < 1 ? leading : body.leading() * line.size();
        boolean large = line.size() > body.size() * MUCH_LARGER || (line.bold() && !body.bold());
        boolean listed = !Float.isNaN(hanging) && before.start() >= hanging - 1 && line.start() >= hanging - 1;
        if (Math.abs(before.size() - line.size()) > Math.max(0.4f, size * 0.05f)
                || (before.bold() != line.bold() && !listed)
                || step > Math.max(most * 1.28f, line.size() * (large ? 1.5f : 1.1f))) {
            return true;
        }
        if (block.lines.size() == 1 && Headings.isUsual(before.text())) {
            return true;
        }
        if (outline.level(line.text()) > 0 || (block.lines.size() == 1 && outline.level(before.text()) > 0)) {
            return true;
        }
        if (listed) {
            return line.start() < hanging + size * INDENT;
        }
        boolean ended = ".:;?!".indexOf(before.last()) >= 0;
        boolean shortBefore = before.tail() < right - (right - left) * 0.14f;
        boolean opens = CAPTION.matcher(line.text()).matches() || Headings.isUsual(line.text());
        if (opens && (ended || shortBefore)) {
            return true;
        }
        if (large) {
            return false;
        }
        boolean otherFont = !before.font().isEmpty()
                && !line.font().isEmpty()
                && !before.font().equals(line.font());
        if ((before.italic() != line.italic() || otherFont) && shortBefore) {
            return true;
        }
        if (BULLET.matcher(line.text()).matches()
                && (ended || shortBefore)
                && line.start() < block.first().start() + size) {
            return true;
        }
        boolean item = block.kind == BlockKind.LIST_ITEM || before.start() < usual - size * INDENT;
        float indent = line.start() - before.start();
        if (indent > size * INDENT
                && indent < size * WIDEST_INDENT
                && !item
                && (ended || shortBefore)
                && before.start() < left + size * INDENT) {
            return true;
        }
        if (line.start() < usual - size * INDENT && before.start() > usual - size * INDENT / 2) {
            return true;
        }
        boolean begins = Character.isUpperCase(line.text().codePointAt(0))
                || Character.isDigit(line.text().charAt(0));
        return shortBefore && ended && begins;
    }
}
