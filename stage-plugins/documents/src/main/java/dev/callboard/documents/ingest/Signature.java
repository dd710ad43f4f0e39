package dev.callboard.documents.ingest;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The bytes by which a binary format is known.
 *
 * @param offset where they stand, in bytes
 * @param bytes as ISO-8859-1 characters
 * @param mediaType what they mean
 */
record Signature(int offset, String bytes, String mediaType) {
    static final String ZIP = "application/zip";
    private static final int PDF_WITHIN = 1024;

    private static final List<Signature> ALL = List.of(
            new Signature(0, "PK\3\4", ZIP),
            new Signature(0, "PK\5\6", ZIP),
            new Signature(0, "\u001F\u008B", "application/gzip"),
            new Signature(0, "BZh", "application/x-bzip2"),
            new Signature(0, "\u00FD7zXZ\0", "application/x-xz"),
            new Signature(0, "7z\u00BC\u00AF\u0027\u001C", "application/x-7z-compressed"),
            new Signature(0, "(\u00B5/\u00FD", "application/zstd"),
            new Signature(0, "Rar!\u001A\7", "application/vnd.rar"),
            new Signature(257, "ustar", "application/x-tar"),
            new Signature(0, "\u00D0\u00CF\u0011\u00E0\u00A1\u00B1\u001A\u00E1", OfficeTypes.BEFORE_2007),
            new Signature(0, "{\\rtf", "application/rtf"),
            new Signature(0, "%!PS", "application/postscript"),
            new Signature(0, "\u0089PNG\r\n\u001A\n", "image/png"),
            new Signature(0, "\u00FF\u00D8\u00FF", "image/jpeg"),
            new Signature(0, "GIF87a", "image/gif"),
            new Signature(0, "GIF89a", "image/gif"),
            new Signature(0, "II*\0", "image/tiff"),
            new Signature(0, "MM\0*", "image/tiff"),
            new Signature(8, "WEBP", "image/webp"),
            new Signature(4, "ftyp", "video/mp4"),
            new Signature(0, "OggS", "application/ogg"),
            new Signature(0, "ID3", "audio/mpeg"),
            new Signature(0, "SQLite format 3\0", "application/vnd.sqlite3"),
            new Signature(0, "\u007FELF", "application/x-executable"),
            new Signature(0, "MZ\u0090\0", "application/vnd.microsoft.portable-executable"),
            new Signature(0, "\u00CA\u00FE\u00BA\u00BE", "application/java-vm"),
            new Signature(0, "PAR1", "application/vnd.apache.parquet"));

    /** The media type of bytes that bear a signature, or null. */
    static String find(byte[] head) {
        String text = new String(head, StandardCharsets.ISO_8859_1);
        // Readers take a PDF header within the first 1,024 bytes (ISO 32000-1, annex H), so it may follow junk.
        int pdf = text.indexOf("%PDF-");
        if (pdf == 0 || (pdf > 0 && pdf < PDF_WITHIN && text.contains(" obj"))) {
            return MediaTypes.PDF;
        }
        boolean binary = text.chars().anyMatch(Signature::isBinary);
        for (Signature signature : ALL) {
            // "ID3 is an algorithm" and "PAR1 is a receptor" are texts.
            if (text.startsWith(signature.bytes, signature.offset) && (binary || signature.isUnmistakable())) {
                return signature.mediaType.equals(ZIP) ? insideZip(text) : signature.mediaType;
            }
        }
        return null;
    }

    /** Control characters that no text has. */
    private static boolean isBinary(int character) {
        return character < ' ' && "\t\n\u000B\f\r\u001B".indexOf(character) < 0;
    }

    /** Formats that are text themselves, and bytes that no text begins with. */
    private boolean isUnmistakable() {
        return bytes.startsWith("{\\rtf")
                || bytes.startsWith("%!PS")
                || bytes.chars().anyMatch(c -> c > '~');
    }

    /** Office files, EPUB and jars are zip files; the names of their first entries stand uncompressed in the head. */
    private static String insideZip(String text) {
        if (text.contains("mimetypeapplication/epub+zip")) {
            return "application/epub+zip";
        }
        if (text.contains("mimetypeapplication/vnd.oasis.opendocument.text")) {
            return OfficeTypes.ODT;
        }
        if (text.contains("word/")) {
            return OfficeTypes.DOCX;
        }
        if (text.contains("xl/")) {
            return OfficeTypes.XLSX;
        }
        if (text.contains("ppt/")) {
            return OfficeTypes.PPTX;
        }
        return text.contains("META-INF/MANIFEST.MF") ? "application/java-archive" : ZIP;
    }
}
