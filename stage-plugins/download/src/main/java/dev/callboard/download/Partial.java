package dev.callboard.download;

import dev.callboard.download.net.Answer;
import dev.callboard.spi.net.WebAddress;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The bytes of one file that have come so far, in a temporary file that is gone when this is closed without
 * {@link #keep()}. What the first answer said of them stays until they start again.
 */
final class Partial implements Closeable {
    private static final Pattern STRONG_ETAG = Pattern.compile("\"[\\x21\\x23-\\x7E]*\"");
    private static final Pattern CONTENT_RANGE = Pattern.compile("bytes (\\d{1,18})-(\\d{1,18})/(\\d{1,18}|\\*)");

    private final Path path;
    private final Budget budget;
    private final MessageDigest digest = Hashing.sha256();
    private final byte[] head = new byte[MediaTypes.HEAD];
    private OutputStream out;
    private long size;
    private long total = -1;
    private String from = "";
    private String etag = "";
    private String encoding = "";
    private String type = "";
    private Optional<String> disposition = Optional.empty();
    private boolean kept;

    Partial(Path path, Budget budget) throws IOException {
        this.path = path;
        this.budget = budget;
        this.out = Files.newOutputStream(path);
    }

    /** Drops all bytes. */
    void restart() throws IOException {
        out.close();
        out = Files.newOutputStream(path);
        budget.giveBack(size);
        digest.reset();
        size = 0;
        total = -1;
        etag = "";
    }

    /** Starts anew with an answer that has the whole file. */
    void begin(WebAddress address, Answer answer) throws IOException {
        restart();
        from = address.toString();
        total = answer.header("Content-Length")
                .filter(length -> length.matches("\\d{1,18}"))
                .map(Long::valueOf)
                .orElse(-1L);
        etag = answer.header("ETag")
                .filter(tag -> STRONG_ETAG.matcher(tag).matches())
                .orElse("");
        encoding = answer.header("Content-Encoding").orElse("").strip().toLowerCase(Locale.ROOT);
        type = MediaTypes.named(answer.header("Content-Type").orElse(""));
        disposition = answer.header("Content-Disposition");
    }

    /** Whether an answer from this address can go on where the bytes end: only a strong ETag proves that it is the same. */
    boolean resumable(WebAddress address) {
        return size > 0 && !etag.isEmpty() && from.equals(address.toString()) && (total < 0 || size < total);
    }

    /** Whether a 206 is exactly what is missing. */
    boolean continuedBy(Answer answer) {
        Matcher range = CONTENT_RANGE.matcher(answer.header("Content-Range").orElse(""));
        if (!range.matches() || !answer.header("ETag").filter(etag::equals).isPresent()) {
            return false;
        }
        String all = range.group(3);
        long end = Long.parseLong(range.group(2)) + 1;
        return Long.parseLong(range.group(1)) == size
                && end > size
                && (all.equals("*") ? total == end : Long.parseLong(all) == end && (total < 0 || total == end));
    }

    /** Notes the size that a {@link #continuedBy} answer confirmed. */
    void goesOn(Answer answer) {
        Matcher range = CONTENT_RANGE.matcher(answer.header("Content-Range").orElse(""));
        total = range.matches() ? Long.parseLong(range.group(2)) + 1 : total;
    }

    void write(byte[] bytes, int length) throws IOException {
        out.write(bytes, 0, length);
        digest.update(bytes, 0, length);
        if (size < head.length) {
            System.arraycopy(bytes, 0, head, (int) size, (int) Math.min(length, head.length - size));
        }
        size += length;
    }

    /** The first bytes, at most {@link MediaTypes#HEAD}. */
    byte[] head() {
        return Arrays.copyOf(head, (int) Math.min(size, head.length));
    }

    /** Ends it: the file is complete and stays. Called once. */
    String keep() throws IOException {
        out.close();
        kept = true;
        return Hashing.hex(digest);
    }

    Path path() {
        return path;
    }

    long size() {
        return size;
    }

    /** The size that the whole file will have, or -1. */
    long total() {
        return total;
    }

    String etag() {
        return etag;
    }

    /** The Content-Encoding, in lower case, or empty. */
    String encoding() {
        return encoding.equals("identity") ? "" : encoding;
    }

    /** The media type that the server named, or empty. */
    String type() {
        return type;
    }

    Optional<String> disposition() {
        return disposition;
    }

    @Override
    public void close() throws IOException {
        out.close();
        if (!kept) {
            budget.giveBack(size);
            Files.deleteIfExists(path);
        }
    }
}
