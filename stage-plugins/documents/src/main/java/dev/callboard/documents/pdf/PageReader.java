package dev.callboard.documents.pdf;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.pdfbox.cos.COSArray;
import org.apache.pdfbox.cos.COSBase;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.cos.COSStream;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.common.PDRectangle;

/** Reads the glyphs of a page and turns them so that most lines run to the right and down; the others are put aside. */
final class PageReader {
    private static final float EDGE = 2;
    private static final float LEVEL = 0.5f;

    /** Glyphs of one kind at nearly one place are one, drawn twice to look bold. */
    private static final float SAME_PLACE = 0.3f;

    private final ContentReader content;

    PageReader(ContentReader content) {
        this.content = content;
    }

    PageGlyphs read(PDPage page, int number) {
        List<DrawnGlyph> drawn = new ArrayList<>();
        List<DrawnBar> bars = new ArrayList<>();
        String broken = null;
        try {
            PackedStreams.check(contents(page));
            content.read(page, drawn, bars);
        } catch (PdfRefused e) {
            if (!e.code().equals("unreadable_document")) {
                throw e;
            }
            broken = "it " + e.getMessage();
        } catch (IOException | RuntimeException e) {
            // PDFBox checks little of what it reads; whatever it stumbles over is a fault of the file.
            broken = "what draws it is broken";
        }
        PageGlyphs glyphs = turned(drawn, bars, page.getCropBox(), number);
        glyphs.broken = broken;
        return glyphs;
    }

    private static COSStream[] contents(PDPage page) {
        COSBase contents = page.getCOSObject().getDictionaryObject(COSName.CONTENTS);
        List<COSStream> streams = new ArrayList<>();
        if (contents instanceof COSStream stream) {
            streams.add(stream);
        } else if (contents instanceof COSArray array) {
            for (int i = 0; i < array.size(); i++) {
                if (array.getObject(i) instanceof COSStream stream) {
                    streams.add(stream);
                }
            }
        }
        return streams.toArray(COSStream[]::new);
    }

    private static PageGlyphs turned(List<DrawnGlyph> drawn, List<DrawnBar> bars, PDRectangle box, int number) {
        int[] quarters = new int[4];
        int artifacts = 0;
        for (DrawnGlyph glyph : drawn) {
            if (glyph.quarter() >= 0 && !glyph.text().isBlank()) {
                quarters[glyph.quarter()]++;
            }
            artifacts += glyph.aside() == PageGlyphs.Aside.ARTIFACT ? 1 : 0;
        }
        int quarter = 0;
        for (int i = 1; i < quarters.length; i++) {
            quarter = quarters[i] > quarters[quarter] ? i : quarter;
        }
        // Some programs mark all that they draw.
        boolean believeArtifacts = artifacts * 2 < drawn.size();
        boolean upright = quarter % 2 == 0;
        PageGlyphs page = new PageGlyphs(
                number, upright ? box.getWidth() : box.getHeight(), upright ? box.getHeight() : box.getWidth());
        Map<String, List<Glyph>> same = new HashMap<>();
        for (DrawnGlyph glyph : drawn) {
            Glyph placed = placed(glyph, quarter, box);
            boolean seen = placed.x > -EDGE
                    && placed.x < page.width + EDGE
                    && placed.y > -EDGE
                    && placed.y < page.height + placed.size;
            if (glyph.aside() != null && (believeArtifacts || glyph.aside() != PageGlyphs.Aside.ARTIFACT)) {
                page.aside(glyph.aside(), glyph.text());
            } else if (glyph.quarter() != quarter) {
                page.aside(PageGlyphs.Aside.ROTATED, glyph.text());
            } else if (!seen) {
                page.aside(PageGlyphs.Aside.OUTSIDE, glyph.text());
            } else if (placed.isSpace() || !isRepeat(placed, same)) {
                page.glyphs.add(placed);
            }
        }
        for (DrawnBar bar : bars) {
            Place from = Place.of(bar.x0(), bar.y0(), quarter, box);
            Place to = Place.of(bar.x1(), bar.y1(), quarter, box);
            if (Math.abs(from.y() - to.y()) < LEVEL) {
                page.bars.add(new Bar(Math.min(from.x(), to.x()), Math.max(from.x(), to.x()), from.y()));
            }
        }
        return page;
    }

    private static Glyph placed(DrawnGlyph glyph, int quarter, PDRectangle box) {
        Place place = Place.of(glyph.x(), glyph.y(), quarter, box);
        return new Glyph(glyph.text(), place.x(), place.y(), glyph.width(), glyph.size(), glyph.face());
    }

    private static boolean isRepeat(Glyph glyph, Map<String, List<Glyph>> same) {
        String key = glyph.text + '@' + Math.round(glyph.y / 4);
        List<Glyph> near = same.computeIfAbsent(key, k -> new ArrayList<>());
        for (int i = near.size() - 1; i >= 0 && i > near.size() - 64; i--) {
            Glyph other = near.get(i);
            float tolerance = SAME_PLACE * Math.max(glyph.width, 0.5f);
            if (Math.abs(other.x - glyph.x) < tolerance && Math.abs(other.y - glyph.y) < tolerance) {
                return true;
            }
        }
        near.add(glyph);
        return false;
    }
}
