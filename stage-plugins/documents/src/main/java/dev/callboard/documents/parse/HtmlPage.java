package dev.callboard.documents.parse;

import dev.callboard.documents.charset.Decoded;
import dev.callboard.documents.charset.TextDecoder;
import dev.callboard.documents.ingest.MediaTypes;
import dev.callboard.spi.StageFailure;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.TextNode;
import org.jsoup.parser.Parser;

/**
 * Makes a page of bytes. Well-formed XHTML is read as XML, since {@code <title/>} is empty there and swallows the page in HTML;
 * all else is read as HTML, and when that swallows most of the text too, once more with empty elements as in XML.
 *
 * <p>The charset is what {@link TextDecoder} finds, with the label of a {@code meta} element or XML declaration; without any it
 * is UTF-8 when it is that, else windows-1252, as browsers take it.
 */
final class HtmlPage {
    private static final int HEAD = 64 * 1024;
    private static final int START = 4096;
    private static final Pattern COMMENT = Pattern.compile("<!--.*?-->", Pattern.DOTALL);
    private static final Pattern META =
            Pattern.compile("<meta\\b[^>]*?\\bcharset\\s*=\\s*[\"']?\\s*([A-Za-z0-9._:-]+)", Pattern.CASE_INSENSITIVE);
    private static final Pattern XHTML = Pattern.compile(
            "<!doctype\\s+html\\s+public\\s+[\"'][^\"']*xhtml|<(?:\\w+:)?html\\b[^>]*http://www\\.w3\\.org/1999/xhtml",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern NO_TEXT = Pattern.compile(
            "<(script|style)\\b(?:[^>]*[^/>])?>.*?</\\1|<!--.*?-->|<[^<>]*>",
            Pattern.DOTALL | Pattern.CASE_INSENSITIVE);

    private HtmlPage() {}

    /** The text of a page. Never fails: a byte that fits nothing is U+FFFD, as in a browser. */
    static Decoded decode(byte[] bytes) {
        return TextDecoder.decodeLeniently(bytes, label(bytes));
    }

    /** Whether a page only says which other pages to show, and perhaps some words for those who cannot. */
    static boolean isFrameset(Document page) {
        if (page.selectFirst("frameset") == null) {
            return false;
        }
        Document rest = page.clone();
        rest.select("noframes").remove();
        return rest.body().text().isBlank();
    }

    /** What the page calls its charset; empty when it says nothing. */
    static String label(byte[] bytes) {
        String head = new String(bytes, 0, Math.min(bytes.length, HEAD), StandardCharsets.ISO_8859_1);
        Matcher meta = META.matcher(COMMENT.matcher(head).replaceAll(" "));
        if (meta.find()) {
            return meta.group(1);
        }
        return XmlSource.label(bytes);
    }

    /** The page. */
    static Document of(Source source, Decoded decoded) throws StageFailure, InterruptedException {
        String text = decoded.text();
        String start = text.substring(0, Math.min(START, text.length()));
        boolean xhtml = source.payload().mediaType().equals(MediaTypes.XHTML)
                || XHTML.matcher(start).find();
        if (xhtml) {
            Document page = asXml(source);
            if (page != null) {
                return page;
            }
        }
        Document page = Jsoup.parse(text, "", Parser.htmlParser().setMaxDepth(source.maxDepth()));
        withoutScripts(page);
        if (!isFrameset(page) && isSwallowed(page, text)) {
            Document again = lenient(text, source.maxDepth());
            return visible(again) > visible(page) ? again : page;
        }
        return page;
    }

    /** What the head says to readers without scripts, which the parser keeps there as characters, is the page's first words. */
    private static void withoutScripts(Document page) {
        for (Element instead : page.head().select("noscript")) {
            page.body().prepend(instead.wholeText());
            instead.remove();
        }
    }

    /** The page as a strict reader of XML takes it, or null when it is not well-formed. */
    private static Document asXml(Source source) throws InterruptedException {
        try {
            XmlElement root = SafeXml.read(source);
            return root.name().toLowerCase(Locale.ROOT).equals("html") ? HtmlFromXml.page(root) : null;
        } catch (StageFailure notWellFormed) {
            // Most pages that call themselves XHTML are not, and browsers read them as HTML.
            return null;
        }
    }

    /** An element that takes everything up to an end tag which never comes: a title, a text field, a style. */
    private static boolean isSwallowed(Document page, String text) {
        long words = NO_TEXT.matcher(text)
                .replaceAll(" ")
                .chars()
                .filter(c -> c > ' ')
                .count();
        return visible(page) * 2 < words;
    }

    private static long visible(Document page) {
        long[] count = {0};
        page.nodeStream(TextNode.class).forEach(node -> {
            boolean shown =
                    node.parent() != null && !node.parent().nodeName().matches("title|textarea|iframe|noframes");
            count[0] += shown ? node.getWholeText().chars().filter(c -> c > ' ').count() : 0;
        });
        // The words of an element whose tags are words too.
        page.select("xmp, plaintext")
                .forEach(code ->
                        count[0] += code.data().chars().filter(c -> c > ' ').count());
        return count[0];
    }

    private static Document lenient(String text, int maxDepth) {
        Document tree = Jsoup.parse(text, "", Parser.xmlParser().setMaxDepth(maxDepth));
        return HtmlFromXml.page(tree);
    }
}
