package dev.callboard.documents.pdf;

import org.apache.pdfbox.util.Matrix;

/**
 * A straight line as it is drawn, in the page's own coordinates, which count upwards: a stroke, or a rectangle as thin as one.
 *
 * @param x0,y0 one end
 * @param x1,y1 the other end
 */
record DrawnBar(float x0, float y0, float x1, float y1) {
    /** A thicker one is a box, in points. */
    private static final float THICKEST = 1.6f;

    /** The stroke between two points of user space. */
    static DrawnBar stroke(Matrix place, float fromX, float fromY, float toX, float toY) {
        var from = place.transformPoint(fromX, fromY);
        var to = place.transformPoint(toX, toY);
        return new DrawnBar(from.x, from.y, to.x, to.y);
    }

    /** The middle line of a rectangle of user space, or null when it is no line. */
    static DrawnBar rectangle(Matrix place, float x, float y, float width, float height) {
        float wide = Math.abs(width) * (float) Math.hypot(place.getScaleX(), place.getShearY());
        float high = Math.abs(height) * (float) Math.hypot(place.getShearX(), place.getScaleY());
        if (Math.min(wide, high) > THICKEST) {
            return null;
        }
        return wide >= high
                ? stroke(place, x, y + height / 2, x + width, y + height / 2)
                : stroke(place, x + width / 2, y, x + width / 2, y + height);
    }
}
