package dev.callboard.documents.pdf;

import java.util.HashSet;
import java.util.Set;
import org.apache.pdfbox.cos.COSArray;
import org.apache.pdfbox.cos.COSBase;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.pdmodel.PDDocument;

/** The layers (optional content groups) that a file shows switched off. */
final class Layers {
    private final Set<COSDictionary> off = new HashSet<>();

    Layers(PDDocument document) {
        COSDictionary root = document.getDocumentCatalog().getCOSObject();
        COSDictionary properties = root.getCOSDictionary(COSName.OCPROPERTIES);
        COSDictionary standard = properties == null ? null : properties.getCOSDictionary(COSName.D);
        COSArray switchedOff = standard == null ? null : standard.getCOSArray(COSName.OFF);
        for (int i = 0; switchedOff != null && i < switchedOff.size(); i++) {
            if (switchedOff.getObject(i) instanceof COSDictionary layer) {
                off.add(layer);
            }
        }
    }

    /** Whether a group, or all groups of a membership, are switched off. */
    boolean isOff(COSBase content) {
        if (off.isEmpty() || !(content instanceof COSDictionary dictionary)) {
            return false;
        }
        if (off.contains(dictionary)) {
            return true;
        }
        COSBase members = dictionary.getDictionaryObject(COSName.OCGS);
        if (members instanceof COSArray array && array.size() > 0) {
            for (int i = 0; i < array.size(); i++) {
                if (!off.contains(array.getObject(i))) {
                    return false;
                }
            }
            return true;
        }
        return members != null && off.contains(members);
    }
}
