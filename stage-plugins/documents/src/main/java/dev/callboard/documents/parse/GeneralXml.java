package dev.callboard.documents.parse;

import dev.callboard.documents.ir.BlockKind;
import dev.callboard.documents.ir.DocumentBuilder;

/** Reads XML of unknown vocabulary whole ({@link XmlBlocks}); its title is told from names and places ({@link XmlTitle}). */
final class GeneralXml implements XmlReader {
    @Override
    public void read(XmlElement root, Source source, DocumentBuilder document) throws InterruptedException {
        document.lang(root.attribute("lang"));
        document.meta("root_element", root.name());
        document.title(XmlTitle.of(root));
        XmlBlocks blocks = new XmlBlocks(document, source);
        boolean words = root.hasOwnText();
        if (words) {
            blocks.read(root, null, BlockKind.PARAGRAPH);
        } else {
            blocks.children(root, null, BlockKind.PARAGRAPH);
        }
        Tex.leaveOut(root, document);
    }
}
