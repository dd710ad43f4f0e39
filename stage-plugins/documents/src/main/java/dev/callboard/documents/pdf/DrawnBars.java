package dev.callboard.documents.pdf;

import java.util.ArrayList;
import java.util.List;
import org.apache.pdfbox.contentstream.PDFStreamEngine;
import org.apache.pdfbox.contentstream.operator.Operator;
import org.apache.pdfbox.contentstream.operator.OperatorName;
import org.apache.pdfbox.contentstream.operator.OperatorProcessor;
import org.apache.pdfbox.cos.COSBase;
import org.apache.pdfbox.cos.COSNumber;
import org.apache.pdfbox.util.Matrix;

/**
 * Takes note of the straight lines that a page draws, for the bars of fractions. Whether a path is painted does not matter: what is
 * a bar is told by the glyphs around it.
 */
final class DrawnBars {
    /** Of one page; a drawing may have a million lines, and none of them is a bar of a fraction. */
    private static final int MOST = 500;

    private final PDFStreamEngine engine;
    private List<DrawnBar> bars = new ArrayList<>();
    private float x;
    private float y;

    DrawnBars(PDFStreamEngine engine) {
        this.engine = engine;
        engine.addOperator(new Path(OperatorName.MOVE_TO, 2));
        engine.addOperator(new Path(OperatorName.LINE_TO, 2));
        engine.addOperator(new Path(OperatorName.APPEND_RECT, 4));
    }

    /** Puts the bars drawn from now on into a list. */
    void into(List<DrawnBar> list) {
        bars = list;
    }

    private void add(DrawnBar bar) {
        if (bar != null && bars.size() < MOST) {
            bars.add(bar);
        }
    }

    private void draw(String name, float[] numbers) {
        Matrix place = engine.getGraphicsState().getCurrentTransformationMatrix();
        switch (name) {
            case OperatorName.APPEND_RECT ->
                add(DrawnBar.rectangle(place, numbers[0], numbers[1], numbers[2], numbers[3]));
            case OperatorName.LINE_TO -> {
                add(DrawnBar.stroke(place, x, y, numbers[0], numbers[1]));
                x = numbers[0];
                y = numbers[1];
            }
            default -> {
                x = numbers[0];
                y = numbers[1];
            }
        }
    }

    /** An operator of so many numbers; with others it is broken, and draws nothing. */
    private final class Path extends OperatorProcessor {
        private final String name;
        private final int count;

        private Path(String name, int count) {
            super(engine);
            this.name = name;
            this.count = count;
        }

        @Override
        public String getName() {
            return name;
        }

        @Override
        public void process(Operator operator, List<COSBase> operands) {
            float[] numbers = new float[count];
            if (operands.size() < count || engine.getGraphicsState() == null) {
                return;
            }
            for (int i = 0; i < count; i++) {
                if (!(operands.get(i) instanceof COSNumber number)) {
                    return;
                }
                numbers[i] = number.floatValue();
            }
            draw(name, numbers);
        }
    }
}
