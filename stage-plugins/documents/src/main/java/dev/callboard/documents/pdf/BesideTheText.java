package dev.callboard.documents.pdf;

import dev.callboard.documents.ir.BlockKind;
import dev.callboard.documents.ir.DocumentBuilder;
import java.util.HashSet;
import java.util.Set;
import org.apache.pdfbox.cos.COSArray;
import org.apache.pdfbox.cos.COSBase;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.cos.COSString;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;

/**
 * What a file holds beside the text of its pages. The values of form fields are read, as {@code name: value}; comments and
 * attached files are named and not read.
 */
final class BesideTheText {
    private static final int MOST = 20_000;
    private static final int DEEPEST = 30;
    private static final String FIELDS = "Form fields";

    private final PDDocument file;
    private final DocumentBuilder document;
    private final Set<COSDictionary> seen = new HashSet<>();
    private String section;

    BesideTheText(PDDocument file, DocumentBuilder document) {
        this.file = file;
        this.document = document;
    }

    void read() {
        COSDictionary root = file.getDocumentCatalog().getCOSObject();
        COSDictionary form = root.getCOSDictionary(COSName.ACRO_FORM);
        if (form != null) {
            fields(form.getCOSArray(COSName.FIELDS), "", null, 0);
            if (form.containsKey(COSName.XFA)) {
                document.leftOut("form", "a dynamic form (XFA), which is a program of its own");
            }
        }
        COSDictionary names = root.getCOSDictionary(COSName.NAMES);
        if (names != null) {
            attachments(names.getCOSDictionary(COSName.EMBEDDED_FILES), 0);
        }
    }

    private void fields(COSArray fields, String name, COSBase inherited, int depth) {
        for (int i = 0; fields != null && i < fields.size() && depth < DEEPEST && seen.size() < MOST; i++) {
            if (fields.getObject(i) instanceof COSDictionary field && seen.add(field)) {
                String part = field.getString(COSName.T, "");
                String whole = name.isEmpty() || part.isEmpty() ? name + part : name + '.' + part;
                COSBase value = field.getDictionaryObject(COSName.V);
                COSArray kids = field.getCOSArray(COSName.KIDS);
                value = value == null ? inherited : value;
                // Widgets are kids without a name: the value is their parent's, and is shown once.
                if (kids == null || !hasFields(kids)) {
                    value(whole, value);
                } else {
                    fields(kids, whole, value, depth + 1);
                }
            }
        }
    }

    private static boolean hasFields(COSArray kids) {
        return kids.size() > 0 && kids.getObject(0) instanceof COSDictionary kid && kid.containsKey(COSName.T);
    }

    private void value(String name, COSBase value) {
        String text =
                value instanceof COSString string ? string.getString() : value instanceof COSName n ? n.getName() : "";
        if (value instanceof COSArray array) {
            StringBuilder all = new StringBuilder();
            for (int i = 0; i < array.size(); i++) {
                all.append(
                        array.getObject(i) instanceof COSString string
                                ? (i == 0 ? "" : ", ") + string.getString()
                                : "");
            }
            text = all.toString();
        }
        if (!text.isBlank() && !text.equals("Off")) {
            section = section == null ? document.section(null, FIELDS) : section;
            document.atPage(0).block(section, BlockKind.LIST_ITEM, name + ": " + text);
        }
    }

    private void attachments(COSDictionary node, int depth) {
        if (node == null || depth > DEEPEST || !seen.add(node) || seen.size() > MOST) {
            return;
        }
        COSArray names = node.getCOSArray(COSName.NAMES);
        for (int i = 0; names != null && i + 1 < names.size(); i += 2) {
            String name = names.getObject(i) instanceof COSString string ? string.getString() : "";
            if (names.getObject(i + 1) instanceof COSDictionary specification) {
                attachment(name, specification);
            }
        }
        COSArray kids = node.getCOSArray(COSName.KIDS);
        for (int i = 0; kids != null && i < kids.size(); i++) {
            attachments(kids.getObject(i) instanceof COSDictionary kid ? kid : null, depth + 1);
        }
    }

    private void attachment(String name, COSDictionary specification) {
        String shown = specification.getString(COSName.UF, specification.getString(COSName.F, name));
        document.leftOut(
                "attachment " + shown.replaceAll("\\p{Cntrl}", " "),
                "a file inside this one: give it to the task as a file of its own to read it");
    }

    /** Names the comments on a page, and the files that are pinned to it. */
    void annotations(PDPage page, int number) {
        COSArray annotations = page.getCOSObject().getCOSArray(COSName.ANNOTS);
        for (int i = 0; annotations != null && i < Math.min(annotations.size(), MOST); i++) {
            if (annotations.getObject(i) instanceof COSDictionary annotation) {
                String kind = annotation.getNameAsString(COSName.SUBTYPE, "");
                String comment = annotation.getString(COSName.CONTENTS, "");
                if (kind.equals("FileAttachment")
                        && annotation.getDictionaryObject(COSName.FS) instanceof COSDictionary specification) {
                    attachment("on page " + number, specification);
                } else if (!kind.equals("Widget")
                        && !kind.equals("Link")
                        && !kind.equals("Popup")
                        && !comment.isBlank()) {
                    document.leftOut("page " + number, "a comment on the page", comment);
                }
            }
        }
    }
}
