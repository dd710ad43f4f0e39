package dev.callboard.documents.search;

import dev.callboard.documents.search.JudgedSet.JudgedQuestion;
import dev.callboard.documents.search.Shelf.Doc;
import dev.callboard.spi.Stage;
import dev.callboard.spi.StagePlugin;
import dev.callboard.spi.testing.RecordingStageContext;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.ServiceLoader;
import java.util.stream.Stream;

/**
 * How good the search is on {@link JudgedSet}: prints nDCG@10 of each mode, and of each two the p-value of a paired
 * randomisation test. Its argument is the packaged jar of the plugin embed; without it, words alone are measured.
 */
final class RetrievalMeasure {
    private static final int SWAPS = 100_000;
    private static final long SEED = 20_260_101;
    private static final int BATCH = 32;

    private final JudgedSet judged;
    private final Shelf shelf;
    private final Optional<Embedding> embedding;

    /** Makes vectors of texts. */
    interface Embedding {
        /** The vectors of some texts, of length 1, in their order. */
        List<float[]> of(List<String> texts) throws Exception;
    }

    /** Indexes the passages in a folder. */
    RetrievalMeasure(Path folder, Optional<Embedding> embedding) throws Exception {
        this.judged = JudgedSet.read();
        this.shelf = new Shelf(folder);
        this.embedding = embedding;
        // A document for each passage, with a title that says nothing: the words of the passage itself are measured.
        Doc[] docs = judged.passages().entrySet().stream()
                .map(passage -> Doc.of(passage.getKey(), passage.getValue()).titled("Notes"))
                .toArray(Doc[]::new);
        if (embedding.isEmpty()) {
            shelf.index(docs);
            return;
        }
        Map<String, float[]> vectors = new LinkedHashMap<>();
        List<float[]> all = vectors(List.copyOf(judged.passages().values()));
        for (String id : judged.passages().keySet()) {
            vectors.put(id + "-0", all.get(vectors.size()));
        }
        shelf.index(vectors, docs);
    }

    private List<float[]> vectors(List<String> texts) throws Exception {
        List<float[]> all = new ArrayList<>();
        for (int from = 0; from < texts.size(); from += BATCH) {
            all.addAll(embedding.orElseThrow().of(texts.subList(from, Math.min(from + BATCH, texts.size()))));
        }
        return all;
    }

    /** The modes that can be measured. */
    List<String> modes() {
        return embedding.isPresent() ? List.of("text", "vector", "hybrid") : List.of("text");
    }

    /** nDCG@10 of each question, in their order. */
    double[] ndcg(String mode) throws Exception {
        double[] scores = new double[judged.questions().size()];
        List<float[]> asked = embedding.isPresent()
                ? vectors(judged.questions().stream().map(JudgedQuestion::text).toList())
                : List.of();
        for (int i = 0; i < scores.length; i++) {
            JudgedQuestion question = judged.questions().get(i);
            Map<String, Object> request = new HashMap<>(Map.of("q", question.text(), "mode", mode, "limit", 10));
            if (!asked.isEmpty()) {
                request.put("vector", Shelf.base64(asked.get(i)));
            }
            scores[i] = question.ndcg(Shelf.items(shelf.ask(request)).stream()
                    .map(item -> item.get("doc_id"))
                    .toList());
        }
        return scores;
    }

    static double mean(double[] values) {
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        return sum / values.length;
    }

    /**
     * The two-sided p-value of a paired randomisation test: how often a mean difference as large comes about when for each
     * question a coin decides which system is which (Smucker, Allan and Carterette, CIKM 2007).
     */
    static double pValue(double[] a, double[] b) {
        double[] differences = new double[a.length];
        for (int i = 0; i < a.length; i++) {
            differences[i] = a[i] - b[i];
        }
        double observed = Math.abs(mean(differences));
        Random random = new Random(SEED);
        int asLarge = 1;
        for (int swap = 0; swap < SWAPS; swap++) {
            double sum = 0;
            for (double difference : differences) {
                sum += random.nextBoolean() ? difference : -difference;
            }
            if (Math.abs(sum / differences.length) >= observed - 1e-12) {
                asLarge++;
            }
        }
        return asLarge / (SWAPS + 1.0);
    }

    /** The question {@code embed-text} of a packaged plugin. */
    static Embedding ofJar(Path jar) throws Exception {
        ClassLoader code = new URLClassLoader(new URL[] {jar.toUri().toURL()}, RetrievalMeasure.class.getClassLoader());
        Thread.currentThread().setContextClassLoader(code);
        for (StagePlugin plugin : ServiceLoader.load(StagePlugin.class, code)) {
            if (plugin.queries().containsKey("embed-text")) {
                RecordingStageContext context = new RecordingStageContext();
                return texts -> {
                    Stage stage = plugin.queries().get("embed-text").get();
                    Map<String, Object> answer = Shelf.map(stage.execute(context, Map.of("texts", texts)));
                    return ((List<?>) answer.get("vectors"))
                            .stream()
                                    .map(base64 ->
                                            Vectors.of(Base64.getDecoder().decode((String) base64)))
                                    .toList();
                };
            }
        }
        throw new IllegalArgumentException(jar + " does not answer embed-text");
    }

    /** The table of all modes. */
    String report() throws Exception {
        Map<String, double[]> scores = new LinkedHashMap<>();
        for (String mode : modes()) {
            scores.put(mode, ndcg(mode));
        }
        StringBuilder report =
                new StringBuilder("nDCG@10 of " + judged.questions().size() + " questions over "
                        + judged.passages().size() + " passages\n");
        for (Map.Entry<String, double[]> mode : scores.entrySet()) {
            report.append(String.format(Locale.ROOT, "%-8s %.4f", mode.getKey(), mean(mode.getValue())));
            for (String kind : List.of("words", "paraphrase", "question")) {
                report.append(String.format(Locale.ROOT, "   %s %.4f", kind, mean(ofKind(mode.getValue(), kind))));
            }
            report.append('\n');
        }
        List<String> modes = List.copyOf(scores.keySet());
        for (int i = 0; i < modes.size(); i++) {
            for (String other : modes.subList(i + 1, modes.size())) {
                double[] a = scores.get(other);
                double[] b = scores.get(modes.get(i));
                report.append(String.format(
                        Locale.ROOT,
                        "%s − %s: %+.4f, p = %.5f%n",
                        other,
                        modes.get(i),
                        mean(a) - mean(b),
                        pValue(a, b)));
            }
        }
        return report.toString();
    }

    private double[] ofKind(double[] scores, String kind) {
        List<Double> own = new ArrayList<>();
        for (int i = 0; i < scores.length; i++) {
            if (judged.questions().get(i).kind().equals(kind)) {
                own.add(scores[i]);
            }
        }
        return own.stream().mapToDouble(Double::doubleValue).toArray();
    }

    /**
     * Prints the report.
     *
     * @param arguments none, or the path of the plugin embed's jar
     */
    public static void main(String[] arguments) throws Exception {
        Path folder = Files.createTempDirectory("retrieval-");
        try {
            Optional<Embedding> embedding =
                    arguments.length == 0 ? Optional.empty() : Optional.of(ofJar(Path.of(arguments[0])));
            System.out.print(new RetrievalMeasure(folder, embedding).report());
        } finally {
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.sorted((a, b) -> b.compareTo(a)).toList()) {
                    Files.delete(file);
                }
            }
        }
    }
}
