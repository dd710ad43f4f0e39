package dev.callboard.documents;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callboard.spi.StageFailure;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.DeflaterOutputStream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

/** Files that are made to take all memory or never to end. */
class PdfHostileTest {
    private static final Duration MOST = Duration.ofSeconds(60);
    private static final String FONT = "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>";
    private static final String WORDS = "BT /F 10 Tf 50 700 Td (Words to read) Tj ET";

    /** Objects numbered from 1, without a table: readers find them. */
    private static byte[] pdf(List<byte[]> objects) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(ascii("%PDF-1.7\n"));
        for (int i = 0; i < objects.size(); i++) {
            out.write(ascii((i + 1) + " 0 obj\n"));
            out.write(objects.get(i));
            out.write(ascii("\nendobj\n"));
        }
        out.write(ascii("trailer << /Root 1 0 R /Size " + (objects.size() + 1) + " >>\n%%EOF\n"));
        return out.toByteArray();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static byte[] stream(String entries, byte[] bytes) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(ascii("<< " + entries + " /Length " + bytes.length + " >>\nstream\n"));
        out.write(bytes);
        out.write(ascii("\nendstream"));
        return out.toByteArray();
    }

    private static byte[] page(byte[] contents, String resources, byte[]... more) throws Exception {
        List<byte[]> objects = new ArrayList<>(List.of(
                ascii("<< /Type /Catalog /Pages 2 0 R >>"),
                ascii("<< /Type /Pages /Kids [3 0 R] /Count 1 >>"),
                ascii("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 4 0 R /Resources << /Font << /F "
                        + FONT + " >> " + resources + " >> >>"),
                contents));
        objects.addAll(List.of(more));
        return pdf(objects);
    }

    private static Object read(byte[] pdf) {
        return Assertions.assertTimeoutPreemptively(MOST, () -> {
            try {
                return new TestContext().file("a.pdf", pdf).document().get("text");
            } catch (StageFailure failure) {
                assertThat(failure.getMessage()).startsWith("a.pdf ").endsWith(".");
                return failure.code() + ": " + failure.getMessage();
            }
        });
    }

    @Test
    void theFixtureItselfIsRead() throws Exception {
        assertThat(read(page(stream("", ascii(WORDS)), ""))).isEqualTo("Words to read");
    }

    @Test
    void pageTreesThatLeadBack() throws Exception {
        byte[] pdf = pdf(List.of(
                ascii("<< /Type /Catalog /Pages 2 0 R >>"),
                ascii("<< /Type /Pages /Kids [3 0 R 2 0 R] /Count 9 >>"),
                ascii("<< /Type /Pages /Parent 2 0 R /Kids [2 0 R 3 0 R] /Count 9 >>")));
        assertThat((String) read(pdf)).startsWith("unreadable_document: ");
    }

    @Test
    void aPageThatIsItsOwnParent() throws Exception {
        byte[] pdf = pdf(List.of(
                ascii("<< /Type /Catalog /Pages 2 0 R >>"),
                ascii("<< /Type /Pages /Parent 2 0 R /Kids [3 0 R] /Count 1 >>"),
                ascii("<< /Type /Page /Parent 3 0 R /Contents 4 0 R /Resources << /Font << /F " + FONT + " >> >> >>"),
                stream("", ascii(WORDS))));
        assertThat((String) read(pdf)).isNotEmpty();
    }

    @Test
    void pageTreesAsDeepAsThereAreObjects() throws Exception {
        List<byte[]> objects = new ArrayList<>(List.of(ascii("<< /Type /Catalog /Pages 2 0 R >>")));
        for (int i = 2; i < 20_000; i++) {
            objects.add(ascii("<< /Type /Pages /Kids [" + (i + 1) + " 0 R] /Count 1 >>"));
        }
        assertThat((String) read(pdf(objects))).startsWith("unreadable_document: ");
    }

    @Test
    void formsThatDrawThemselvesAndEachOther() throws Exception {
        String form = "/Type /XObject /Subtype /Form /BBox [0 0 600 800] /Resources << /XObject << /X %d 0 R >> >>";
        byte[] twice = ascii("/X Do /X Do");
        assertThat((String) read(page(
                        stream("", ascii(WORDS + " /X Do")),
                        "/XObject << /X 5 0 R >>",
                        stream(form.formatted(5), twice))))
                .isEqualTo("Words to read");
        byte[][] chain = new byte[10_000][];
        for (int i = 0; i < chain.length; i++) {
            chain[i] = stream(form.formatted(Math.min(i + 6, 5 + chain.length - 1)), ascii("/X Do"));
        }
        assertThat((String) read(page(stream("", ascii(WORDS + " /X Do")), "/XObject << /X 5 0 R >>", chain)))
                .isIn("Words to read", "unreadable_document: a.pdf nests its parts too deep.");
        byte[][] doubling = new byte[30][];
        for (int i = 0; i < doubling.length; i++) {
            doubling[i] = stream(form.formatted(i + 6), twice);
        }
        assertThat((String) read(page(stream("", ascii(WORDS + " /X Do")), "/XObject << /X 5 0 R >>", doubling)))
                .startsWith("input_too_large: ");
    }

    @Test
    void bombsAreMeasuredBeforeTheyGoOff() throws Exception {
        byte[] zeros = deflated(200 << 20);
        assertThat((String) read(page(stream("/Filter /FlateDecode", zeros), "")))
                .startsWith("unreadable_document: a.pdf has a part that unpacks to more than 48 MiB");
        byte[] twice = deflate(deflated(1 << 30));
        assertThat((String) read(page(stream("/Filter [/FlateDecode /FlateDecode]", twice), "")))
                .contains("a.pdf ");
        byte[] claimed = stream("/Subtype /Image /Filter /FlateDecode", zeros);
        assertThat((String) read(page(claimed, "")))
                .startsWith("input_too_large: a.pdf draws a page with more than 16 MiB");
    }

    private static byte[] deflated(int zeros) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (DeflaterOutputStream packed = new DeflaterOutputStream(out)) {
            byte[] blanks = new byte[1 << 16];
            Arrays.fill(blanks, (byte) ' ');
            for (int written = 0; written < zeros; written += blanks.length) {
                packed.write(blanks);
            }
        }
        return out.toByteArray();
    }

    private static byte[] deflate(byte[] bytes) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (DeflaterOutputStream packed = new DeflaterOutputStream(out)) {
            packed.write(bytes);
        }
        return out.toByteArray();
    }

    @Test
    void hugePicturesAreNeverDecoded() throws Exception {
        byte[] image = stream(
                "/Type /XObject /Subtype /Image /Width 60000 /Height 60000 /ColorSpace /DeviceGray /BitsPerComponent 8"
                        + " /Filter /FlateDecode",
                deflated(300 << 20));
        assertThat(read(page(stream("", ascii(WORDS + " /X Do")), "/XObject << /X 5 0 R >>", image)))
                .isEqualTo("Words to read");
    }

    @Test
    void nestedArraysAndManyOperandsEnd() throws Exception {
        assertThat((String) read(page(stream("", ascii("[".repeat(200_000) + WORDS)), "")))
                .isNotEmpty();
        assertThat(read(page(stream("", ascii("1 ".repeat(2_000_000) + " re " + WORDS)), "")))
                .isEqualTo("Words to read");
    }

    @Test
    void damageIsNeverMoreThanAFailure() throws Exception {
        byte[] whole = page(
                stream("", ascii(WORDS + " /X Do")),
                "/XObject << /X 5 0 R >>",
                stream(
                        "/Type /XObject /Subtype /Form /BBox [0 0 600 800] /Resources << /Font << /F " + FONT
                                + " >> >>",
                        ascii("q 1 0 0 1 0 -50 cm " + WORDS + " Q")));
        for (int seed = 0; seed < 300; seed++) {
            Random random = new Random(seed);
            byte[] damaged = whole.clone();
            for (int i = random.nextInt(12); i >= 0; i--) {
                damaged[9 + random.nextInt(whole.length - 9)] =
                        (byte) "0123456789 /<>[]()RX".charAt(random.nextInt(20));
            }
            try {
                new TestContext().file("a.pdf", damaged).run("ingest", "parse", "ir-validation");
            } catch (StageFailure failure) {
                assertThat(failure.getMessage())
                        .as("seed " + seed)
                        .startsWith("a.pdf ")
                        .endsWith(".");
            }
        }
    }

    @Test
    void widthsForMoreCharactersThanThereAre() throws Exception {
        String font =
                "<< /Type /Font /Subtype /Type0 /BaseFont /X /Encoding /Identity-H /DescendantFonts [<< /Type /Font"
                        + " /Subtype /CIDFontType2 /BaseFont /X /W [1 [500] 0 2000000000 500] >>] >>";
        byte[] state = ascii("<< /Font [" + font + " 10] >>");
        assertThat(read(page(stream("", ascii(WORDS + " /S gs (ab) Tj")), "/ExtGState << /S 5 0 R >>", state)))
                .isEqualTo("Words to read");
        String fonts = "/Font << /F " + FONT + " /G " + font + " >>";
        assertThat(read(page(stream("", ascii(WORDS + " BT /G 10 Tf <0041> Tj ET")), fonts)))
                .isEqualTo("Words to read");
    }
}
