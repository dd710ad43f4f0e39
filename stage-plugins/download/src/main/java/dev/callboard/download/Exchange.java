package dev.callboard.download;

import dev.callboard.download.net.Answer;
import dev.callboard.download.net.Stopper;
import dev.callboard.download.net.Transport;
import dev.callboard.spi.net.RefusedAddress;
import dev.callboard.spi.net.WebAddress;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.apache.hc.core5.http.impl.EnglishReasonPhraseCatalog;

/** One try of one file: follows redirects, each checked anew, and reads the body into the partial file. */
final class Exchange {
    private static final int MAX_HOPS = 5;
    private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);
    private static final Set<Integer> PASSING = Set.of(429, 502, 503, 504);

    private final DownloadSettings settings;
    private final Transport transport;
    private final Budget budget;
    private final Stopper stopper;
    private final InstantSource clock;

    Exchange(DownloadSettings settings, Transport transport, Budget budget, Stopper stopper, InstantSource clock) {
        this.settings = settings;
        this.transport = transport;
        this.budget = budget;
        this.stopper = stopper;
        this.clock = clock;
    }

    /**
     * Tries once.
     *
     * @return where the redirects ended; the partial file is complete
     * @throws DownloadFailure when it is not; what came so far may serve the next try
     * @throws UncheckedIOException when the temporary file cannot be written
     */
    WebAddress run(String url, Partial partial) throws DownloadFailure {
        WebAddress at = parsed(url);
        String via = "";
        for (int hops = 0; ; hops++) {
            if (hops > MAX_HOPS) {
                throw DownloadFailure.lasting(
                        "too_many_redirects", "The server redirects more than " + MAX_HOPS + " times.");
            }
            boolean resuming = partial.resumable(at);
            try (Answer answer = transport.get(at, headers(partial, resuming), stopper)) {
                if (REDIRECTS.contains(answer.status())) {
                    via = at.host();
                    at = next(at, answer);
                    continue;
                }
                if (resuming && !usable(answer, partial)) {
                    written(partial::restart);
                    hops--;
                    continue;
                }
                receive(at, answer, partial, resuming);
                return at;
            } catch (IOException e) {
                DownloadFailure failure = NetworkFailures.of(e, at);
                throw via.isEmpty() ? failure : failure.because(led(via));
            }
        }
    }

    private static String led(String via) {
        return "The server leads there from '" + via + "'.";
    }

    private static WebAddress parsed(String url) throws DownloadFailure {
        try {
            return WebAddress.parse(url);
        } catch (RefusedAddress e) {
            throw NetworkFailures.of(e);
        }
    }

    private static Map<String, String> headers(Partial partial, boolean resuming) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Accept", "*/*");
        headers.put("Accept-Encoding", "identity");
        if (resuming) {
            headers.put("Range", "bytes=" + partial.size() + "-");
            headers.put("If-Range", partial.etag());
        }
        return headers;
    }

    private static WebAddress next(WebAddress at, Answer answer) throws DownloadFailure {
        String location = answer.header("Location").orElse("");
        if (location.isBlank()) {
            throw DownloadFailure.lasting("bad_answer", "The server redirects, but does not say where to.");
        }
        try {
            return at.follow(location);
        } catch (RefusedAddress e) {
            throw NetworkFailures.of(e).because(led(at.host()));
        }
    }

    /** Whether an answer to a request for the missing part can be taken; else the file starts again. */
    private static boolean usable(Answer answer, Partial partial) {
        return switch (answer.status()) {
            case 206 -> partial.continuedBy(answer);
            case 416 -> false;
            default -> true;
        };
    }

    private void receive(WebAddress at, Answer answer, Partial partial, boolean resuming)
            throws DownloadFailure, IOException {
        int status = answer.status();
        if (resuming && status == 206) {
            partial.goesOn(answer);
        } else if (status == 200) {
            written(() -> partial.begin(at, answer));
        } else {
            String phrase = EnglishReasonPhraseCatalog.INSTANCE.getReason(status, null);
            throw DownloadFailure.status(
                    status,
                    "The server answered " + status + (phrase == null ? "" : " " + phrase) + ".",
                    PASSING.contains(status),
                    PASSING.contains(status)
                            ? RetryAfter.of(answer.header("Retry-After"), clock.instant())
                            : Duration.ZERO);
        }
        if (!partial.type().isEmpty()) {
            requireType(partial.type());
        }
        requireSize(partial.total(), settings.maxBytes());
        read(answer, partial);
    }

    private void read(Answer answer, Partial partial) throws DownloadFailure, IOException {
        boolean typeKnown = !partial.type().isEmpty() || !partial.encoding().isEmpty();
        InputStream in = answer.body();
        byte[] buffer = new byte[64 * 1024];
        for (int count; (count = in.read(buffer)) >= 0; ) {
            int length = count;
            requireSize(partial.size() + length, settings.maxBytes());
            budget.take(length);
            written(() -> partial.write(buffer, length));
            if (!typeKnown && partial.size() >= MediaTypes.HEAD) {
                requireType(MediaTypes.sniffed(partial.head()));
                typeKnown = true;
            }
        }
        if (partial.total() >= 0 && partial.size() != partial.total()) {
            throw DownloadFailure.passing("connection_failed", "The file ended before all of its bytes had come.");
        }
        answer.finished();
    }

    void requireType(String type) throws DownloadFailure {
        if (!MediaTypes.accepts(settings.types(), type)) {
            throw DownloadFailure.lasting(
                    "unsupported_media_type",
                    "The file is " + type + "; the setting types takes " + String.join(", ", settings.types()) + ".");
        }
    }

    static void requireSize(long size, long maxBytes) throws DownloadFailure {
        if (size > maxBytes) {
            throw DownloadFailure.lasting(
                    "too_large", "The file has more than " + maxBytes + " bytes (setting max_bytes).");
        }
    }

    /** Keeps failures of the disk apart from those of the network. */
    private static void written(DiskWork work) {
        try {
            work.run();
        } catch (IOException e) {
            throw new UncheckedIOException("The temporary file cannot be written", e);
        }
    }

    @FunctionalInterface
    private interface DiskWork {
        void run() throws IOException;
    }
}
