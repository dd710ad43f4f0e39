package dev.callboard.documents.parse;

import dev.callboard.documents.charset.Decoded;
import dev.callboard.documents.charset.TextSize;
import dev.callboard.documents.ir.CleanText;
import dev.callboard.documents.ir.DocumentBuilder;
import dev.callboard.spi.StageFailure;
import java.util.List;
import java.util.regex.Pattern;
import org.commonmark.Extension;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.HtmlBlock;
import org.commonmark.node.HtmlInline;
import org.commonmark.node.Node;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.html.HtmlRenderer;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.TextNode;

/**
 * Reads Markdown: CommonMark with tables, and HTML in it. It becomes the page that it stands for, all of which is read: headings open
 * sections, lists, tables and code are blocks of their kinds, a link is its words, a picture the words that stand for it.
 */
final class MarkdownParser {
    private static final List<Extension> EXTENSIONS = List.of(TablesExtension.create());

    /** Elements that would take the rest of the file as their own text (GitHub Flavored Markdown, 6.11). */
    private static final Pattern SWALLOWING = Pattern.compile(
            "<(?=/?(?:title|textarea|xmp|iframe|noembed|noframes|plaintext)\\b)", Pattern.CASE_INSENSITIVE);

    /** In a line these too; a block of them ends where they end. */
    private static final Pattern PROGRAM = Pattern.compile("<(?=/?(?:script|style)\\b)", Pattern.CASE_INSENSITIVE);

    /** A list in a list in HTML is three elements deeper. */
    private static final int ELEMENTS_PER_LEVEL = 3;

    private final Source source;

    MarkdownParser(Source source) {
        this.source = source;
    }

    /** Reads the file. */
    DocumentBuilder read() throws StageFailure, InterruptedException {
        source.checkLength(TextSize.ofText(source.bytes(), source.charset()));
        Decoded decoded = TextSource.of(source);
        FrontMatter front = FrontMatter.of(decoded.text());
        Document page = page(front.rest());
        source.checkCancelled();
        DocumentBuilder document = source.newDocument(1);
        document.sourceCharacters(CleanText.length(page.body().wholeText()));
        source.checkLength(document.sourceCharacters());
        document.meta("charset", decoded.charset());
        front.describe(document);
        HtmlText text = new HtmlText();
        HtmlFormulas.prepare(page, document);
        HtmlNoise.remove(page, document, true);
        new HtmlBlocks(document, source, text).read(page.body());
        text.rest(page.body(), null, document);
        Element heading = page.selectFirst("h1");
        if (!document.hasTitle() && heading != null) {
            document.title(heading.text());
        }
        return document;
    }

    private Document page(String markdown) {
        int levels = source.maxDepth() / ELEMENTS_PER_LEVEL;
        Node tree = Parser.builder()
                .extensions(EXTENSIONS)
                .maxOpenBlockParsers(levels)
                .maxInlineNesting(levels)
                .build()
                .parse(markdown);
        tree.accept(new Harmless());
        String html = HtmlRenderer.builder().extensions(EXTENSIONS).build().render(tree);
        Document page =
                Jsoup.parse(html, "", org.jsoup.parser.Parser.htmlParser().setMaxDepth(source.maxDepth()));
        for (Element picture : page.select("img[alt]")) {
            if (HtmlFormulas.ofPicture(picture).isEmpty()) {
                picture.replaceWith(new TextNode(picture.attr("alt")));
            }
        }
        return page;
    }

    /** Makes tags that would swallow what follows them text. */
    private static final class Harmless extends AbstractVisitor {
        @Override
        public void visit(HtmlBlock html) {
            html.setLiteral(SWALLOWING.matcher(html.getLiteral()).replaceAll("&lt;"));
        }

        @Override
        public void visit(HtmlInline html) {
            String literal = SWALLOWING.matcher(html.getLiteral()).replaceAll("&lt;");
            html.setLiteral(PROGRAM.matcher(literal).replaceAll("&lt;"));
        }
    }
}
