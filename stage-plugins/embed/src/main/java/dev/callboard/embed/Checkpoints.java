package dev.callboard.embed;

import dev.callboard.embed.input.ChunkGroup;
import dev.callboard.embed.model.EmbeddingModel;
import dev.callboard.spi.StageContext;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Keeps the vectors so far, so that an attempt that ended early is not begun again: {@code {fits, dimensions, truncated, pieces:
 * [{blob, vectors}]}}. {@code fits} is a hash of the model and of all chunks, their ids and texts: of other work nothing is taken.
 *
 * <p>The vectors are stored in pieces. Eight of about the same size become one, so that each vector is written a few times and not
 * once for each checkpoint after it, and the list stays short.
 */
final class Checkpoints {
    /** How many vectors lie between two checkpoints, at least. */
    static final int EVERY = 50;

    private static final int JOINED = 8;

    /** Some vectors in the content store. */
    private record Piece(String blob, int vectors) {
        /** 0 for fewer than eight times {@link #EVERY}, 1 for fewer than eight times that, and so on. */
        int rank() {
            int rank = 0;
            for (int left = vectors / EVERY / JOINED; left > 0; left /= JOINED) {
                rank++;
            }
            return rank;
        }
    }

    private final StageContext context;
    private final VectorFile vectors;
    private final String fits;
    private final List<Piece> pieces = new ArrayList<>();
    private int kept;

    /** @param vectors takes what was kept, and has what is to be kept */
    Checkpoints(StageContext context, VectorFile vectors, EmbeddingModel model, List<ChunkGroup> chunks) {
        this.context = context;
        this.vectors = vectors;
        this.fits = hash(model, chunks);
    }

    private static String hash(EmbeddingModel model, List<ChunkGroup> chunks) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update((model.name() + "\n" + model.sha256() + "\n").getBytes(StandardCharsets.UTF_8));
            chunks.forEach(group -> group.hashInto(digest));
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /**
     * Takes up what an earlier attempt kept, if it fits and is still there whole.
     *
     * @param most the most vectors that there can be
     * @return how many of the texts behind the vectors were longer than the model reads
     */
    int restore(int most) throws IOException {
        Map<String, Object> checkpoint = context.checkpoint();
        if (!fits.equals(checkpoint.get("fits"))
                || !(checkpoint.get("dimensions") instanceof Number dimensions)
                || !(checkpoint.get("truncated") instanceof Number truncated)
                || !(checkpoint.get("pieces") instanceof List<?> list)) {
            return 0;
        }
        List<Piece> found = new ArrayList<>();
        long sum = 0;
        for (Object element : list) {
            if (!(element instanceof Map<?, ?> piece)
                    || !(piece.get("blob") instanceof String blob)
                    || !(piece.get("vectors") instanceof Number number)
                    || number.intValue() < 1
                    || context.blobs().size(blob) != (long) number.intValue() * dimensions.intValue() * Float.BYTES) {
                return 0;
            }
            found.add(new Piece(blob, number.intValue()));
            sum += number.intValue();
        }
        if (sum > most) {
            return 0;
        }
        for (Piece piece : found) {
            try (InputStream in = context.blobs().open(piece.blob())) {
                vectors.addAll(in, piece.vectors(), dimensions.intValue());
            }
        }
        pieces.addAll(found);
        this.kept = vectors.count();
        return truncated.intValue();
    }

    /** Keeps what has come since the last time, when that is enough. */
    void keepSome(int truncated) throws IOException {
        if (vectors.count() - kept >= EVERY) {
            keep(truncated);
        }
    }

    /** Keeps what has come since the last time, if anything has. */
    void keep(int truncated) throws IOException {
        if (vectors.count() == kept) {
            return;
        }
        try (InputStream in = vectors.from(kept)) {
            pieces.add(new Piece(context.blobs().put(in), vectors.count() - kept));
        }
        kept = vectors.count();
        while (lastAreAlike()) {
            joinLast();
        }
        Map<String, Object> checkpoint = new LinkedHashMap<>();
        checkpoint.put("fits", fits);
        checkpoint.put("dimensions", vectors.dimensions());
        checkpoint.put("truncated", truncated);
        checkpoint.put(
                "pieces",
                pieces.stream()
                        .map(piece -> Map.of("blob", piece.blob(), "vectors", piece.vectors()))
                        .toList());
        context.keepCheckpoint(checkpoint);
    }

    private boolean lastAreAlike() {
        int size = pieces.size();
        return size >= JOINED
                && pieces.subList(size - JOINED, size).stream()
                        .allMatch(each -> each.rank() == pieces.get(size - 1).rank());
    }

    private void joinLast() throws IOException {
        List<Piece> last = pieces.subList(pieces.size() - JOINED, pieces.size());
        int sum = last.stream().mapToInt(Piece::vectors).sum();
        last.clear();
        try (InputStream in = vectors.from(kept - sum)) {
            pieces.add(new Piece(context.blobs().put(in), sum));
        }
    }
}
