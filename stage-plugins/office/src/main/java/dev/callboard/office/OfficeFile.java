package dev.callboard.office;

import dev.callboard.documents.input.Payload;
import dev.callboard.spi.StageFailure;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/** An Office file: a zip file of parts, of which most are XML. It lies in a temporary file while it is read. */
final class OfficeFile implements AutoCloseable {
    /** What all parts that are read may unpack to together; pictures are not read. */
    private static final long MAX_UNPACKED = 128L << 20;

    private static final int MAX_ENTRIES = 20_000;
    private static final String OLE = "\u00D0\u00CF\u0011\u00E0\u00A1\u00B1\u001A\u00E1";

    private final Payload payload;
    private final Path path;
    private final ZipFile zip;
    private long unpacked;

    private OfficeFile(Payload payload, Path path, ZipFile zip) {
        this.payload = payload;
        this.path = path;
        this.zip = zip;
    }

    /** A file unpacks to more than it may. */
    static final class TooLarge extends IOException {
        private static final long serialVersionUID = 1L;
    }

    /** Opens a file. */
    static OfficeFile of(Payload payload, byte[] bytes) throws IOException, StageFailure {
        checkContainer(payload, bytes);
        Path path = Files.createTempFile("office-", ".zip");
        try {
            Files.write(path, bytes);
            ZipFile zip = new ZipFile(path.toFile());
            if (zip.size() > MAX_ENTRIES) {
                zip.close();
                throw new ZipException("too many entries");
            }
            return new OfficeFile(payload, path, zip);
        } catch (ZipException e) {
            Files.delete(path);
            throw failure(
                    payload, "unreadable_document", "is damaged: it is no whole zip file, which all Office files are");
        } catch (IOException e) {
            Files.deleteIfExists(path);
            throw e;
        }
    }

    private static void checkContainer(Payload payload, byte[] bytes) throws StageFailure {
        String start = new String(bytes, 0, Math.min(bytes.length, 8), StandardCharsets.ISO_8859_1);
        if (start.equals(OLE)) {
            boolean encrypted = contains(bytes, "E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e\0");
            throw encrypted
                    ? failure(payload, "encrypted_document", "is encrypted with a password: save it without one")
                    : failure(
                            payload,
                            "unsupported_media_type",
                            "is of the Office formats before 2007, which this version cannot parse: save it as docx, pptx or"
                                    + " xlsx");
        }
        if (!start.startsWith("PK")) {
            throw failure(
                    payload,
                    "unsupported_media_type",
                    "is no Office file; parse-office takes docx, pptx, xlsx and odt, all else is for the stage parse");
        }
    }

    private static boolean contains(byte[] bytes, String wanted) {
        byte[] part = wanted.getBytes(StandardCharsets.ISO_8859_1);
        for (int i = 0; i + part.length <= bytes.length; i++) {
            if (Arrays.equals(bytes, i, i + part.length, part, 0, part.length)) {
                return true;
            }
        }
        return false;
    }

    /** The names of all parts. */
    List<String> names() {
        List<String> names = new ArrayList<>();
        zip.stream().map(ZipEntry::getName).forEach(names::add);
        return names;
    }

    boolean has(String name) {
        return zip.getEntry(name) != null;
    }

    /** A part that must be there. */
    XmlPart open(String name) throws IOException, StageFailure {
        ZipEntry entry = zip.getEntry(name);
        if (entry == null) {
            throw unreadable("lacks its part " + name + "; it is damaged");
        }
        try {
            return new XmlPart(this, new Counted(zip.getInputStream(entry)));
        } catch (ZipException e) {
            throw unreadable("has a part that cannot be unpacked; it is damaged or encrypted");
        }
    }

    /** The root of a small part; an empty element where there is no such part. */
    Element root(String name) throws IOException, StageFailure {
        if (!has(name)) {
            return new Element("none");
        }
        try (XmlPart part = open(name)) {
            return part.next() ? part.element() : new Element("none");
        }
    }

    /** The parts that a part names: relation id to name. */
    Map<String, String> relations(String name) throws IOException, StageFailure {
        int slash = name.lastIndexOf('/') + 1;
        String folder = name.substring(0, slash);
        Map<String, String> relations = new HashMap<>();
        for (Element relation :
                root(folder + "_rels/" + name.substring(slash) + ".rels").children("Relationship")) {
            if (!relation.attribute("TargetMode").equals("External")) {
                String target = relation.attribute("Target");
                String absolute = target.startsWith("/") ? target.substring(1) : folder + target;
                relations.put(
                        relation.attribute("Id"),
                        Path.of("/", absolute).normalize().toString().substring(1));
            }
        }
        return relations;
    }

    /** A failure about this file; the predicate is the rest of a sentence without the full stop. */
    StageFailure unreadable(String predicate) {
        return failure(payload, "unreadable_document", predicate);
    }

    StageFailure tooLarge() {
        return failure(payload, "input_too_large", "unpacks to more than parse-office reads: split the file");
    }

    StageFailure encrypted() {
        return failure(payload, "encrypted_document", "is encrypted with a password: save it without one");
    }

    static StageFailure failure(Payload payload, String code, String predicate) {
        return StageFailure.permanent(code, payload.shownName() + " " + predicate + ".");
    }

    @Override
    public void close() throws IOException {
        zip.close();
        Files.deleteIfExists(path);
    }

    /** Counts what is unpacked of all parts. */
    private final class Counted extends FilterInputStream {
        private Counted(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            int read = super.read(buffer, offset, length);
            unpacked += Math.max(0, read);
            if (unpacked > MAX_UNPACKED) {
                throw new TooLarge();
            }
            return read;
        }
    }
}
