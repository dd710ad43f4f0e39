package dev.callboard.documents.pdf;

import java.io.IOException;
import java.util.List;
import org.apache.pdfbox.contentstream.PDFStreamEngine;
import org.apache.pdfbox.contentstream.operator.MissingOperandException;
import org.apache.pdfbox.contentstream.operator.Operator;
import org.apache.pdfbox.contentstream.operator.OperatorName;
import org.apache.pdfbox.contentstream.operator.OperatorProcessor;
import org.apache.pdfbox.cos.COSBase;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.pdmodel.graphics.form.PDFormXObject;
import org.apache.pdfbox.pdmodel.graphics.form.PDTransparencyGroup;

/** Draws forms, which are pages inside pages; pictures are passed over and never decoded. */
final class DrawForm extends OperatorProcessor {
    private static final int DEEPEST = 32;

    /** Of a whole document: forms that draw two forms each are soon more than there is time for. */
    private static final int MOST = 100_000;

    private final Layers layers;
    private int drawn;

    DrawForm(PDFStreamEngine engine, Layers layers) {
        super(engine);
        this.layers = layers;
    }

    @Override
    public String getName() {
        return OperatorName.DRAW_OBJECT;
    }

    @Override
    public void process(Operator operator, List<COSBase> operands) throws IOException {
        if (operands.isEmpty()) {
            throw new MissingOperandException(operator, operands);
        }
        PDFStreamEngine engine = getContext();
        if (!(operands.get(0) instanceof COSName name)
                || engine.getResources() == null
                || engine.getResources().isImageXObject(name)
                || !(engine.getResources().getXObject(name) instanceof PDFormXObject form)
                || layers.isOff(form.getCOSObject().getDictionaryObject(COSName.OC))) {
            return;
        }
        if (++drawn > MOST) {
            throw PdfRefused.tooLarge("draws more than " + MOST + " forms");
        }
        PackedStreams.check(form.getCOSObject());
        engine.increaseLevel();
        try {
            if (engine.getLevel() > DEEPEST) {
                throw PdfRefused.unreadable("nests forms more than " + DEEPEST + " levels deep");
            }
            if (form instanceof PDTransparencyGroup group) {
                engine.showTransparencyGroup(group);
            } else {
                engine.showForm(form);
            }
        } finally {
            engine.decreaseLevel();
        }
    }
}
