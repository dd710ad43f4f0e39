package dev.callboard.embed.model;

import ai.onnxruntime.OrtException;
import dev.callboard.spi.StageFailure;
import dev.callboard.wordpiece.Vocabulary;
import dev.callboard.wordpiece.WordPieceTokenizer;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;

/**
 * all-MiniLM-L6-v2 (<a href="https://huggingface.co/sentence-transformers/all-MiniLM-L6-v2">model card</a>), quantised, from this
 * plugin's jar: English, 384 dimensions. It is loaded once and stays as long as the process lives.
 *
 * <p>It reads 510 pieces of a text, all that its network has places for. It was trained on shorter texts; sentence-transformers
 * stops at 254. A longer text's vector is of its first 510 pieces.
 */
public final class MiniLm implements EmbeddingModel {
    /** The name that is stored with its vectors. */
    public static final String NAME = "all-MiniLM-L6-v2-q";

    /** The most pieces of a text that it reads. */
    public static final int MOST_PIECES = 510;

    private static final String FILES = "/all-minilm-l6-v2-q";

    /** More threads than this are of little use to a server that does other things as well. */
    private static final int MOST_THREADS = 4;

    private static MiniLm loaded;

    private final BertEncoder encoder;
    private final String sha256;
    private final int threads;
    private final ExecutorService workers;

    private MiniLm(BertEncoder encoder, String sha256, int threads) {
        this.encoder = encoder;
        this.sha256 = sha256;
        this.threads = threads;
        this.workers = Executors.newFixedThreadPool(threads, work -> {
            Thread thread = new Thread(work, "embed");
            thread.setDaemon(true);
            return thread;
        });
    }

    /**
     * The model; the first call of the process loads it, which takes about a second.
     *
     * @throws StageFailure {@code model_unavailable} when it cannot be unpacked, or cannot run on this machine
     */
    public static synchronized MiniLm get() throws StageFailure {
        if (loaded == null) {
            int threads = Math.min(MOST_THREADS, Runtime.getRuntime().availableProcessors());
            loaded = load(threads);
        }
        return loaded;
    }

    /** Loads it once more, for as many texts at once. */
    static MiniLm load(int threads) throws StageFailure {
        try {
            WordPieceTokenizer tokenizer;
            try (InputStream json = file("-tokenizer.json")) {
                tokenizer = new WordPieceTokenizer(Vocabulary.read(json));
            }
            MessageDigest digest = sha256Digest();
            Path onnx = Files.createTempFile("embed-model", ".onnx");
            try {
                try (InputStream in = new DigestInputStream(file(".onnx"), digest)) {
                    Files.copy(in, onnx, StandardCopyOption.REPLACE_EXISTING);
                }
                BertEncoder encoder = new BertEncoder(NativeLibraries.environment(), onnx, tokenizer, MOST_PIECES);
                return new MiniLm(encoder, HexFormat.of().formatHex(digest.digest()), threads);
            } finally {
                Files.delete(onnx);
            }
        } catch (IOException e) {
            throw StageFailure.retryable(
                    "model_unavailable", "The embedding model cannot be unpacked: " + reason(e) + ".", e);
        } catch (OrtException | LinkageError e) {
            throw StageFailure.permanent(
                    "model_unavailable",
                    "The embedding model inside the plugin cannot run on this machine (" + reason(e)
                            + "): it needs Linux on x64 with glibc. Set an endpoint in plugins.settings.embed instead.");
        }
    }

    private static InputStream file(String suffix) throws IOException {
        InputStream in = MiniLm.class.getResourceAsStream(FILES + suffix);
        if (in == null) {
            throw new FileNotFoundException("the plugin's jar has no " + FILES + suffix);
        }
        return in;
    }

    private static MessageDigest sha256Digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private static String reason(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return String.valueOf(cause.getMessage()).replaceAll("\\s+", " ");
    }

    @Override
    public String name() {
        return NAME;
    }

    /** The SHA-256 of the model's file. */
    @Override
    public String sha256() {
        return sha256;
    }

    /** One text for each thread. */
    @Override
    public int batchSize() {
        return threads;
    }

    @Override
    public List<Embedding> embed(List<String> texts, BooleanSupplier cancelled)
            throws StageFailure, InterruptedException {
        List<Future<Embedding>> running = new ArrayList<>();
        for (String text : texts) {
            running.add(workers.submit(() -> encoder.embed(text)));
        }
        List<Embedding> embeddings = new ArrayList<>();
        try {
            for (Future<Embedding> each : running) {
                embeddings.add(each.get());
            }
            return embeddings;
        } catch (ExecutionException e) {
            throw StageFailure.retryable(
                    "model_failed", "The embedding model failed: " + reason(e) + ".", e.getCause());
        } finally {
            running.forEach(each -> each.cancel(false));
        }
    }

    /** It stays loaded. */
    @Override
    public void close() {
        // For the next stage or question in this process.
    }
}
