package dev.callboard.documents.parse;

import dev.callboard.documents.ir.DocumentBuilder;
import dev.callboard.spi.StageFailure;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.parser.Parser;
import org.jsoup.select.Elements;

/**
 * Reads HTML and XHTML: title, description and language of the head, then the main part of the page.
 *
 * <p>The charset is that of the byte order mark or the {@code meta} element; a page that names none, or is not what it
 * names, is read as UTF-8 when it is that, else as windows-1252 (the fallback of the WHATWG encoding standard).
 */
final class HtmlParser implements DocumentParser {
    private static final Charset FALLBACK = Charset.forName("windows-1252");

    @Override
    public void parse(Source source, DocumentBuilder document) throws StageFailure, InterruptedException {
        Document page = read(source);
        document.lang(page.select("html").attr("lang"));
        document.meta("charset", page.charset().name());
        head(page, document);
        HtmlNoise.remove(page);
        Element main = HtmlNoise.mainPart(page);
        new HtmlBlocks(document, source).read(main);
        if (!document.hasTitle()) {
            Elements headings = main.select("h1");
            document.title(headings.isEmpty() ? "" : headings.first().text());
        }
    }

    private static Document read(Source source) throws StageFailure {
        Parser parser = Parser.htmlParser().setMaxDepth(source.maxDepth());
        try {
            Document page = Jsoup.parse(new ByteArrayInputStream(source.bytes()), null, "", parser);
            if (page.charset().equals(StandardCharsets.UTF_8) && !isUtf8(source.bytes())) {
                parser = Parser.htmlParser().setMaxDepth(source.maxDepth());
                page = Jsoup.parse(new ByteArrayInputStream(source.bytes()), FALLBACK.name(), "", parser);
            }
            return page;
        } catch (IOException e) {
            throw source.unreadable("cannot be read as HTML: " + e.getMessage());
        }
    }

    private static boolean isUtf8(byte[] bytes) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }

    private static void head(Document page, DocumentBuilder document) {
        document.title(page.title());
        document.meta("description", page.select("meta[name=description]").attr("content"));
        document.meta("authors", page.select("meta[name=author]").eachAttr("content"));
        document.meta("canonical_url", page.select("link[rel=canonical]").attr("href"));
        String doi = page.select("meta[name=citation_doi]").attr("content");
        document.meta("doi", doi);
    }
}
