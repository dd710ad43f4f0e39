package dev.callboard.documents.parse;

import dev.callboard.documents.charset.Decoded;
import dev.callboard.documents.charset.TextSize;
import dev.callboard.documents.ir.CleanText;
import dev.callboard.documents.ir.DocumentBuilder;
import dev.callboard.spi.StageFailure;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.select.Elements;

/**
 * Reads HTML and XHTML: title, description and language of the head, then the main part of the page. What is left out is
 * named; when that is nearly everything, the page is read again as a whole.
 */
final class HtmlParser {
    /** A page that says less than this share of its text was misjudged. */
    private static final double TOO_LITTLE = 0.1;

    private final Source source;

    HtmlParser(Source source) {
        this.source = source;
    }

    /** Reads the page. */
    DocumentBuilder read() throws StageFailure, InterruptedException {
        source.checkLength(TextSize.ofPage(source.bytes(), HtmlPage.label(source.bytes())));
        Decoded decoded = HtmlPage.decode(source.bytes());
        Document page = HtmlPage.of(source, decoded);
        if (HtmlPage.isFrameset(page)) {
            throw source.unreadable("is a frameset, which holds no text: its frames are files of their own");
        }
        DocumentBuilder document = read(page, decoded, false);
        long all = document.sourceCharacters();
        source.checkLength(all);
        long kept = document.characters();
        boolean guessedAway = kept * 2 < all - HtmlNoise.characters(HtmlPage.of(source, decoded));
        if (kept < all * TOO_LITTLE || guessedAway) {
            DocumentBuilder whole = read(HtmlPage.of(source, decoded), decoded, true);
            if (whole.characters() > kept) {
                source.log("is read with its menus and hidden parts, which hold nearly all of its text");
                whole.meta("read_as", "whole page");
                return whole;
            }
        }
        return document;
    }

    private DocumentBuilder read(Document page, Decoded decoded, boolean whole) throws InterruptedException {
        DocumentBuilder document = source.newDocument(1);
        document.lang(page.select("html").attr("lang"));
        document.lang(page.select("html").attr("xml:lang"));
        document.meta("charset", decoded.charset());
        document.sourceCharacters(CleanText.length(page.body().wholeText()));
        HtmlText text = new HtmlText();
        head(page, document, text);
        HtmlFormulas.prepare(page, document);
        HtmlNoise.remove(page, document, whole);
        Element main = whole ? page.body() : HtmlNoise.mainPart(page);
        new HtmlBlocks(document, source, text).read(main);
        HtmlNoise.outside(page, main, document);
        text.rest(main, null, document);
        if (!document.hasTitle()) {
            Elements headings = main.select("h1");
            document.title(headings.isEmpty() ? "" : headings.first().text());
        }
        return document;
    }

    private static void head(Document page, DocumentBuilder document, HtmlText text) {
        Element title = page.selectFirst("head > title, body > title, title");
        document.title(title == null ? "" : text.of(title));
        document.meta("description", page.select("meta[name=description]").attr("content"));
        document.meta("authors", page.select("meta[name=author]").eachAttr("content"));
        document.meta("canonical_url", page.select("link[rel=canonical]").attr("href"));
        document.meta("doi", page.select("meta[name=citation_doi]").attr("content"));
    }
}
