package dev.callboard.documents.parse;

import dev.callboard.documents.ir.BlockKind;
import dev.callboard.documents.ir.DocumentBuilder;

/**
 * Reads a JATS article (Journal Article Tag Suite, NISO Z39.96, all versions and tag sets): title, abstracts, body, back
 * matter and floating figures in this order, references apart from the text. What stands anywhere else follows in the end;
 * what is left out ({@link JatsLeftOut}) is named.
 */
final class JatsParser implements XmlReader {
    private static final String REMAINING = "About this article";

    @Override
    public void read(XmlElement article, Source source, DocumentBuilder document) throws InterruptedException {
        // The tag set's default for xml:lang on article is "en".
        String lang = article.attribute("lang");
        document.lang(lang.isEmpty() ? "en" : lang);
        document.meta("article_type", article.attribute("article-type"));
        XmlElement front = front(article);
        if (front != null) {
            new JatsFront(front, document).read();
        }
        JatsReferences references = new JatsReferences(document);
        article.each("ref-list", references::read);
        JatsBlocks blocks = new JatsBlocks(document, source);
        if (front != null) {
            blocks.abstracts(meta(front), null);
        }
        blocks.zone(article.find("body"), JatsZone.BODY);
        blocks.zone(article.find("back"), JatsZone.BACK);
        for (XmlElement part : article.elements()) {
            if (part.is("floats-group", "floats-wrap")) {
                blocks.zone(part, JatsZone.FLOATS);
            }
        }
        subArticles(article, null, document, blocks);
        int[] figures = {0};
        article.each("fig", figure -> figures[0]++);
        document.meta("figures", figures[0]);
        new JatsRest(document, blocks, REMAINING).read(article);
    }

    private static XmlElement front(XmlElement article) {
        XmlElement front = article.find("front");
        return front == null ? article.find("front-stub") : front;
    }

    private static XmlElement meta(XmlElement front) {
        XmlElement meta = front.find("article-meta");
        return meta == null ? front : meta;
    }

    /** Letters, replies and translations printed along: each a section with its own title. */
    private static void subArticles(XmlElement article, String parent, DocumentBuilder document, JatsBlocks blocks)
            throws InterruptedException {
        for (XmlElement part : article.elements()) {
            if (part.is("sub-article", "response")) {
                XmlElement front = front(part);
                XmlElement meta = front == null ? part : meta(front);
                XmlElement group = meta.find("title-group");
                String heading = JatsText.plain((group == null ? meta : group).find("article-title"));
                String section = document.section(parent, heading.isEmpty() ? part.attribute("article-type") : heading);
                document.block(section, BlockKind.HEADING, heading);
                blocks.abstracts(meta, section);
                blocks.zone(part.find("body"), JatsZone.BODY, section);
                blocks.zone(part.find("back"), JatsZone.BACK, section);
                for (XmlElement floats : part.elements()) {
                    if (floats.is("floats-group", "floats-wrap")) {
                        blocks.zone(floats, JatsZone.FLOATS, section);
                    }
                }
                subArticles(part, section, document, blocks);
            }
        }
    }
}
