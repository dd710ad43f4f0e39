package dev.callboard.documents.pdf;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.apache.pdfbox.cos.COSArray;
import org.apache.pdfbox.cos.COSBase;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.cos.COSStream;
import org.apache.pdfbox.filter.Filter;
import org.apache.pdfbox.filter.FilterFactory;

/**
 * Streams that unpack to more than memory holds. PDFBox unpacks a stream as a whole, so it must be measured before: those of the
 * file's structure and fonts in the raw bytes before anything is read, those that draw pages when they are used.
 */
final class PackedStreams {
    /** A page that is drawn by more is no page of text. */
    static final int MOST_OF_CONTENT = 16 << 20;

    private static final int MOST_OF_ANY = 48 << 20;
    private static final int MOST_TOGETHER = 1 << 30;
    private static final int LOOK_BACK = 1024;
    private static final int BUFFER = 1 << 16;

    private PackedStreams() {}

    /** Measures all deflated streams that are not called pictures, which nobody unpacks here. */
    static void check(byte[] file) {
        byte[] out = new byte[BUFFER];
        Inflater inflater = new Inflater(true);
        try {
            long together = 0;
            for (int at = next(file, 0); at >= 0; at = next(file, at)) {
                long size = isImage(file, at) ? 0 : inflated(inflater, file, at, out);
                together += size;
                if (size > MOST_OF_ANY || together > MOST_TOGETHER) {
                    throw PdfRefused.unreadable("has a part that unpacks to more than "
                            + ((size > MOST_OF_ANY ? MOST_OF_ANY : MOST_TOGETHER) >> 20) + " MiB");
                }
            }
        } finally {
            inflater.end();
        }
    }

    /** After the next keyword {@code stream} and its line end, or -1. */
    private static int next(byte[] file, int from) {
        for (int i = from; i + 7 < file.length; i++) {
            if (file[i] == 's'
                    && file[i + 1] == 't'
                    && file[i + 2] == 'r'
                    && file[i + 3] == 'e'
                    && file[i + 4] == 'a'
                    && file[i + 5] == 'm'
                    && (file[i + 6] == '\n' || file[i + 6] == '\r')) {
                return file[i + 6] == '\r' && file[i + 7] == '\n' ? i + 8 : i + 7;
            }
        }
        return -1;
    }

    private static boolean isImage(byte[] file, int at) {
        int start = Math.max(0, at - LOOK_BACK);
        String before = new String(file, start, at - start, StandardCharsets.ISO_8859_1);
        String own = before.substring(Math.max(0, before.lastIndexOf(" obj")));
        return own.contains("/Image") && !own.contains("/ObjStm") && !own.contains("/XRef");
    }

    /** How much the bytes unpack to; what does not look like a deflated stream is left to its reader. */
    private static long inflated(Inflater inflater, byte[] file, int at, byte[] out) {
        inflater.reset();
        try {
            // As PDFBox does: whatever the two bytes of the header say.
            int start = Math.min(file.length, at + 2);
            inflater.setInput(file, start, file.length - start);
            int read = inflater.inflate(out);
            while (read > 0 && inflater.getBytesWritten() <= MOST_OF_ANY) {
                read = inflater.inflate(out);
            }
            return inflater.getBytesWritten();
        } catch (DataFormatException e) {
            // Not deflated, encrypted, or broken: PDFBox unpacks no more of it than this did.
            return inflater.getBytesWritten();
        }
    }

    /** Measures streams that draw a page. */
    static void check(COSStream... streams) throws IOException {
        long size = 0;
        for (COSStream stream : streams) {
            size += unpacked(stream);
            if (size > MOST_OF_CONTENT) {
                throw PdfRefused.tooLarge(
                        "draws a page with more than " + (MOST_OF_CONTENT >> 20) + " MiB of instructions");
            }
        }
    }

    private static long unpacked(COSStream stream) throws IOException {
        List<Filter> filters = filters(stream);
        if (filters.size() > 2) {
            throw PdfRefused.unreadable("packs a page's instructions " + filters.size() + " times");
        }
        byte[] packed = null;
        long size = stream.getLength();
        for (int i = 0; i < filters.size(); i++) {
            Counter counter = new Counter(i + 1 < filters.size());
            try (InputStream in = packed == null ? stream.createRawInputStream() : new ByteArrayInputStream(packed)) {
                filters.get(i).decode(in, counter, stream, i);
            } catch (TooMuch e) {
                return MOST_OF_CONTENT + 1L;
            }
            size = counter.size;
            packed = counter.kept == null ? null : counter.kept.toByteArray();
        }
        return size;
    }

    private static List<Filter> filters(COSStream stream) throws IOException {
        List<Filter> filters = new ArrayList<>();
        COSBase given = stream.getFilters();
        if (given instanceof COSName name) {
            filters.add(FilterFactory.INSTANCE.getFilter(name));
        } else if (given instanceof COSArray array) {
            for (int i = 0; i < array.size(); i++) {
                if (array.getObject(i) instanceof COSName name) {
                    filters.add(FilterFactory.INSTANCE.getFilter(name));
                }
            }
        }
        return filters;
    }

    private static final class TooMuch extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private TooMuch() {
            super("too much", null, false, false);
        }
    }

    private static final class Counter extends OutputStream {
        private final ByteArrayOutputStream kept;
        private long size;

        private Counter(boolean keep) {
            kept = keep ? new ByteArrayOutputStream() : null;
        }

        @Override
        public void write(int b) {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) {
            size += length;
            if (size > MOST_OF_CONTENT) {
                throw new TooMuch();
            }
            if (kept != null) {
                kept.write(bytes, offset, length);
            }
        }
    }
}
