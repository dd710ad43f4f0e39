package dev.callboard.documents.parse;

import dev.callboard.documents.ir.BlockKind;
import dev.callboard.documents.ir.DocumentBuilder;

/**
 * Turns XML of unknown vocabulary into blocks by its shape: an element in which text stands is a paragraph with all that is
 * inside it, unless paragraphs of their own are; an element of elements is a container, and one with a title a section.
 * Every text that is still open is taken.
 */
final class XmlBlocks {
    private final DocumentBuilder document;
    private final Source source;
    private String label = "";

    XmlBlocks(DocumentBuilder document, Source source) {
        this.document = document;
        this.source = source;
    }

    /** All that is open in an element; the element itself may be a paragraph. */
    void read(XmlElement element, String section, BlockKind kind) throws InterruptedException {
        source.checkCancelled();
        if (!element.isOpen()) {
            return;
        }
        if (XmlNames.isHeading(element)) {
            document.block(section, BlockKind.HEADING, led(labelled(element)));
        } else if (element.is("math")) {
            document.block(section, BlockKind.FORMULA, led(MathText.of(element)));
        } else if (XmlNames.isTable(element)) {
            table(element, section);
        } else if (XmlNames.isCode(element)) {
            document.block(section, BlockKind.CODE, XmlInline.of(element));
        } else if (isRunning(element)) {
            document.block(section, kindOf(element, kind), led(labelled(element)));
        } else if (element.hasOwnText()) {
            mixed(element, section, kindOf(element, kind));
        } else {
            children(element, sectionOf(element, section), kindOf(element, kind));
        }
    }

    /** All that is open in an element's content. */
    void children(XmlElement parent, String section, BlockKind kind) throws InterruptedException {
        for (XmlNode node : parent.nodes()) {
            if (node instanceof XmlElement element
                    && XmlNames.isLabel(element)
                    && element.isOpen()
                    && label.isEmpty()) {
                label = XmlInline.of(element).strip() + " ";
            } else if (node instanceof XmlElement element) {
                read(element, section, kind);
            } else if (node instanceof XmlText text && text.isOpen()) {
                document.block(section, kind, led(text.take()));
            }
        }
        document.block(section, kind, led(""));
    }

    /** A text with the label that stood before it. */
    private String led(String text) {
        String led = label + text;
        label = "";
        return led;
    }

    /** Text in which words stand, or a paragraph by its name, without paragraphs of their own inside. */
    private static boolean isRunning(XmlElement element) {
        boolean words = element.hasOwnText()
                || ((XmlNames.isParagraph(element) || XmlNames.isItem(element) || XmlNames.isCaption(element))
                        && element.elements().stream().allMatch(XmlNames::isInline))
                || XmlNames.isPerson(element)
                || (!element.elements().isEmpty() && element.elements().stream().allMatch(XmlNames::isInline));
        return words && !XmlNames.holdsBlocks(element);
    }

    private static BlockKind kindOf(XmlElement element, BlockKind around) {
        if (XmlNames.isItem(element)) {
            return BlockKind.LIST_ITEM;
        }
        if (element.is("abstract", "Abstract", "abs")) {
            return BlockKind.ABSTRACT;
        }
        return XmlNames.isCaption(element) ? BlockKind.CAPTION : around;
    }

    /** Text around paragraphs: each stretch between them is a block. */
    private void mixed(XmlElement element, String section, BlockKind kind) throws InterruptedException {
        StringBuilder pending = new StringBuilder();
        for (XmlNode node : element.nodes()) {
            boolean block = node instanceof XmlElement child
                    && (XmlNames.isParagraph(child)
                            || XmlNames.isTable(child)
                            || XmlNames.isCode(child)
                            || XmlNames.isTitle(child)
                            || XmlNames.holdsBlocks(child));
            if (block) {
                document.block(section, kind, pending);
                pending.setLength(0);
                read((XmlElement) node, section, kind);
            } else {
                XmlInline.append(node, pending);
            }
        }
        document.block(section, kind, pending);
    }

    private void table(XmlElement table, String section) throws InterruptedException {
        for (XmlElement part : table.elements()) {
            if (XmlNames.isTitle(part) || XmlNames.isCaption(part)) {
                document.block(section, BlockKind.CAPTION, XmlInline.of(part));
            }
        }
        document.block(section, BlockKind.TABLE, XmlTable.read(table, XmlInline::of));
        children(table, section, BlockKind.NOTE);
    }

    private String sectionOf(XmlElement element, String parent) {
        for (XmlElement child : element.elements()) {
            if (XmlNames.isHeading(child) && child.isOpen()) {
                return document.section(parent, child.peek());
            }
        }
        return parent;
    }

    /** The text, led by a label that is an attribute. */
    private static String labelled(XmlElement element) {
        String label = element.attribute("Label").isEmpty() ? element.attribute("label") : element.attribute("Label");
        String text = XmlInline.of(element);
        boolean shown = label.matches("[\\p{L}\\p{N}][\\p{L}\\p{N} .()/&-]{0,40}")
                && !text.strip().startsWith(label);
        return shown ? label + ": " + text : text;
    }
}
