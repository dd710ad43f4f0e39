package dev.callboard.documents.pdf;

import org.apache.pdfbox.pdmodel.common.PDRectangle;

/** A point of a page that is turned so that its lines run to the right; {@code y} counts downwards. */
record Place(float x, float y) {
    /**
     * The place of a point of the page's own coordinates, which count upwards.
     *
     * @param quarter which way lines run: 0 to the right, 1 up, 2 to the left, 3 down
     * @param box the visible part of the page
     */
    static Place of(float pageX, float pageY, int quarter, PDRectangle box) {
        float left = pageX - box.getLowerLeftX();
        float right = box.getUpperRightX() - pageX;
        float below = pageY - box.getLowerLeftY();
        float above = box.getUpperRightY() - pageY;
        return switch (quarter) {
            case 1 -> new Place(below, left);
            case 2 -> new Place(right, below);
            case 3 -> new Place(above, right);
            default -> new Place(left, above);
        };
    }
}
