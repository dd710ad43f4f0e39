package dev.callboard.documents.search;

import dev.callboard.documents.search.Shelf.Doc;
import dev.callboard.spi.StageFailure;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;

/**
 * How much time of the processor indexing and answers take and how large the index is, for documents of 100 chunks of 120
 * made-up words and a random vector of 384 dimensions each. Its arguments are a folder and the number of chunks, 10,000 if
 * not given.
 */
final class IndexMeasure {
    private static final int CHUNKS_OF_A_DOCUMENT = 100;
    private static final int WORDS = 120;
    private static final int VOCABULARY = 30_000;
    private static final int DIMENSIONS = 384;
    private static final int QUESTIONS = 200;

    private final Random random = new Random(1);
    private final Shelf shelf;

    private IndexMeasure(Path folder) {
        shelf = new Shelf(folder);
    }

    /** Some words are frequent and most are rare, as in texts. */
    private String text(int words) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < words; i++) {
            int word = (int) (VOCABULARY * Math.pow(random.nextDouble(), 4));
            text.append(i == 0 ? "" : " ");
            for (int rest = word + 26; rest > 0; rest /= 26) {
                text.append((char) ('a' + rest % 26));
            }
        }
        return text.toString();
    }

    private float[] vector() {
        float[] vector = new float[DIMENSIONS];
        for (int i = 0; i < DIMENSIONS; i++) {
            vector[i] = (float) random.nextGaussian();
        }
        return Vectors.normalised(vector).orElseThrow();
    }

    private void index(int chunks) throws Exception {
        List<Doc> docs = new ArrayList<>();
        Map<String, float[]> vectors = new LinkedHashMap<>();
        for (int i = 0; i < chunks / CHUNKS_OF_A_DOCUMENT; i++) {
            List<String> texts = new ArrayList<>();
            for (int chunk = 0; chunk < CHUNKS_OF_A_DOCUMENT; chunk++) {
                texts.add(text(WORDS));
                vectors.put("d" + i + "-" + chunk, vector());
            }
            docs.add(new Doc("d" + i, text(8), "en", texts));
        }
        long start = cpu();
        Map<String, Object> receipt = shelf.index(vectors, docs.toArray(Doc[]::new));
        print("indexed in one task", start);
        System.out.println(receipt);
    }

    private void ask(String mode) throws Exception {
        long[] times = new long[QUESTIONS];
        for (int i = 0; i < times.length; i++) {
            Map<String, Object> question =
                    Map.of("q", text(5), "mode", mode, "limit", 10, "vector", Shelf.base64(vector()));
            long start = cpu();
            shelf.ask(question);
            times[i] = cpu() - start;
        }
        System.out.printf(Locale.ROOT, "%s: first %.1f ms", mode, times[0] / 1e6);
        Arrays.sort(times);
        System.out.printf(
                Locale.ROOT,
                ", median %.1f ms, 95 %% %.1f ms%n",
                times[QUESTIONS / 2] / 1e6,
                times[QUESTIONS * 95 / 100] / 1e6);
    }

    /** Of this thread, which does all the work: on a machine that others use it says more than the time on the wall. */
    private static long cpu() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    private static void print(String what, long start) {
        System.out.printf(Locale.ROOT, "%s: %.2f s%n", what, (cpu() - start) / 1e9);
    }

    /**
     * Prints the figures.
     *
     * @param arguments an empty folder, and the number of chunks
     */
    public static void main(String[] arguments) throws Exception {
        Path folder = Path.of(arguments[0]);
        IndexMeasure measure = new IndexMeasure(folder);
        measure.index(arguments.length > 1 ? Integer.parseInt(arguments[1]) : 10_000);
        Path place = IndexPlace.in(folder);
        size(place);
        for (String mode : List.of("text", "vector", "hybrid", "text", "vector", "hybrid")) {
            measure.ask(mode);
        }
        OpenIndexes.forget(place);
        long start = cpu();
        measure.shelf.ask("a");
        print("opened, checked and asked", start);
        OpenIndexes.forget(place);
        try (Stream<Path> files = Files.list(place)) {
            for (Path file :
                    files.filter(path -> path.toString().contains("segments_")).toList()) {
                Files.delete(file);
            }
        }
        start = cpu();
        boolean answered = false;
        for (int asked = 1; !answered; asked++) {
            try {
                measure.shelf.ask("a");
                answered = true;
                System.out.println("made again by questions: " + asked);
            } catch (StageFailure failure) {
                System.out.println(failure.getMessage());
            }
        }
        print("made again and asked", start);
        size(place);
    }

    private static void size(Path place) throws IOException {
        try (Stream<Path> files = Files.list(place)) {
            List<Path> all = files.toList();
            long bytes = 0;
            for (Path file : all) {
                bytes += Files.size(file);
            }
            System.out.printf(Locale.ROOT, "%d files, %.1f MB%n", all.size(), bytes / 1e6);
        }
    }
}
