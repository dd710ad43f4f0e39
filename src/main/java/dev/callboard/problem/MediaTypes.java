package dev.callboard.problem;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Finds what an input is from its first bytes and its file name. */
public final class MediaTypes {
    /** How many first bytes are enough. */
    public static final int HEAD = 4096;

    /** For bytes of which nothing is known. */
    public static final String UNKNOWN = "application/octet-stream";

    private static final Map<String, String> BY_SUFFIX = Map.ofEntries(
            Map.entry("txt", "text/plain"),
            Map.entry("md", "text/markdown"),
            Map.entry("markdown", "text/markdown"),
            Map.entry("html", "text/html"),
            Map.entry("htm", "text/html"),
            Map.entry("csv", "text/csv"),
            Map.entry("json", "application/json"),
            Map.entry("xml", "application/xml"),
            Map.entry("nxml", "application/xml"),
            Map.entry("yaml", "application/yaml"),
            Map.entry("yml", "application/yaml"),
            Map.entry("docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
            Map.entry("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
            Map.entry("pptx", "application/vnd.openxmlformats-officedocument.presentationml.presentation"),
            Map.entry("epub", "application/epub+zip"),
            Map.entry("zip", "application/zip"));

    /** What is known by its bytes where there are some. */
    private static final Map<String, String> BY_SUFFIX_ALONE = Map.of(
            "pdf", "application/pdf",
            "png", "image/png",
            "jpg", "image/jpeg",
            "jpeg", "image/jpeg");

    private MediaTypes() {}

    /** What a thing is whose bytes are not there yet, by its name; empty when the name does not say. */
    public static String ofName(@Nullable String name) {
        String suffix = suffix(name);
        return BY_SUFFIX_ALONE.getOrDefault(suffix, BY_SUFFIX.getOrDefault(suffix, ""));
    }

    /**
     * Detects. Bytes that say what they are win over the name; a name of a text format counts only for text.
     *
     * @param name a file name, or null
     * @param head the first {@value #HEAD} bytes, or all of a shorter input
     */
    public static String detect(@Nullable String name, byte[] head) {
        String start = new String(head, 0, Math.min(head.length, 1024), StandardCharsets.ISO_8859_1);
        String named = bySuffix(name);
        if (start.contains("%PDF-")) {
            return "application/pdf";
        }
        if (start.startsWith("\u0089PNG\r\n")) {
            return "image/png";
        }
        if (start.startsWith("\u00ff\u00d8\u00ff")) {
            return "image/jpeg";
        }
        if (start.startsWith("PK\u0003\u0004")) {
            return named.contains("openxml") || named.contains("zip") ? named : "application/zip";
        }
        return isText(head) ? text(named, start) : UNKNOWN;
    }

    /**
     * What a text is that somebody gave as one: never anything but a text, whatever characters it has and whatever it begins with.
     *
     * @param name a file name, or null
     * @param head the first {@value #HEAD} bytes, or all of a shorter text
     */
    public static String ofText(@Nullable String name, byte[] head) {
        return text(bySuffix(name), new String(head, 0, Math.min(head.length, 1024), StandardCharsets.ISO_8859_1));
    }

    private static String text(String named, String start) {
        if (!named.isEmpty() && !named.contains("openxml") && !named.contains("zip")) {
            return named;
        }
        String text = start.stripLeading().toLowerCase(Locale.ROOT);
        if (text.startsWith("<!doctype html") || text.startsWith("<html")) {
            return "text/html";
        }
        return text.startsWith("<?xml") ? "application/xml" : "text/plain";
    }

    private static String bySuffix(@Nullable String name) {
        return BY_SUFFIX.getOrDefault(suffix(name), "");
    }

    private static String suffix(@Nullable String name) {
        return name == null ? "" : name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    }

    /** UTF-8 without control characters, possibly cut off within a character. */
    private static boolean isText(byte[] head) {
        CharBuffer decoded = CharBuffer.allocate(head.length);
        CoderResult result = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(head), decoded, false);
        if (result.isError()) {
            return false;
        }
        decoded.flip();
        return decoded.chars().noneMatch(c -> c < ' ' && c != '\t' && c != '\n' && c != '\r' && c != '\f');
    }
}
