package dev.callboard.documents.parse;

import dev.callboard.documents.ir.BlockKind;
import dev.callboard.documents.ir.DocumentBuilder;
import dev.callboard.spi.StageFailure;

/**
 * Reads a JATS article (Journal Article Tag Suite, NISO Z39.96, all versions and tag sets): title, abstracts, body, back
 * matter and floating figures in this order, references apart from the text.
 */
final class JatsParser implements DocumentParser {
    @Override
    public void parse(Source source, DocumentBuilder document) throws StageFailure, InterruptedException {
        XmlElement article = SafeXml.read(source);
        // The tag set's default for xml:lang on article is "en".
        String lang = article.attribute("lang");
        document.lang(lang.isEmpty() ? "en" : lang);
        document.meta("article_type", article.attribute("article-type"));
        XmlElement front = article.find("front");
        if (front == null) {
            front = article.find("front-stub");
        }
        if (front != null) {
            new JatsFront(front, document).read();
        }
        JatsReferences references = new JatsReferences(document);
        article.each("ref-list", references::read);
        JatsBlocks blocks = new JatsBlocks(document, source);
        if (front != null) {
            XmlElement meta = front.find("article-meta") == null ? front : front.find("article-meta");
            blocks.abstracts(meta);
        }
        blocks.zone(article.find("body"), JatsZone.BODY);
        blocks.zone(article.find("back"), JatsZone.BACK);
        blocks.zone(article.find("floats-group"), JatsZone.FLOATS);
        for (XmlElement part : article.elements()) {
            if (part.is("sub-article", "response")) {
                subArticle(part, document, blocks);
            }
        }
        int[] figures = {0};
        article.each("fig", figure -> figures[0]++);
        document.meta("figures", figures[0]);
    }

    /** A letter, reply or translation printed along: a section with its own title. */
    private static void subArticle(XmlElement part, DocumentBuilder document, JatsBlocks blocks)
            throws InterruptedException {
        XmlElement title = part.find("front-stub", "title-group", "article-title");
        if (title == null) {
            title = part.find("front", "article-meta", "title-group", "article-title");
        }
        String heading = JatsText.plain(title);
        String section = document.section(null, heading.isEmpty() ? part.attribute("article-type") : heading);
        document.block(section, BlockKind.HEADING, heading);
        blocks.zone(part.find("body"), JatsZone.BODY, section);
        blocks.zone(part.find("back"), JatsZone.BACK, section);
    }
}
