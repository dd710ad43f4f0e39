package dev.callboard.documents.search;

import dev.callboard.documents.search.OpenIndex.Comparison;
import dev.callboard.spi.Library;
import dev.callboard.spi.Plural;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What of a question was not done as asked, in sentences. */
final class SearchWarnings {
    private static final int SHOWN = 3;

    private SearchWarnings() {}

    /** What the index lacks. */
    static List<String> ofIndex(Comparison compared) {
        List<Library.Part> missing = compared.difference().missing();
        if (missing.isEmpty()) {
            return List.of();
        }
        String documents = Plural.of(missing.size(), "document") + (missing.size() == 1 ? " is" : " are");
        if (!compared.settled()) {
            return List.of(documents + " being indexed and not found yet.");
        }
        String shown = missing.stream().limit(SHOWN).map(Library.Part::docId).collect(Collectors.joining(", "));
        return List.of(documents + " not found because what was stored for the index is gone or damaged: run "
                + (missing.size() == 1 ? "it" : "them") + " again (" + shown
                + (missing.size() > SHOWN ? ", …)." : ")."));
    }

    /** What of the words was not looked for. */
    static List<String> ofTerms(Question question, SearchTerms terms) {
        List<String> warnings = new ArrayList<>();
        if (terms.left() > 0) {
            warnings.add("Only the first " + SearchTerms.MAX_TERMS + " of " + (SearchTerms.MAX_TERMS + terms.left())
                    + " words were looked for.");
        }
        if (terms.isEmpty() && !question.words().isEmpty()) {
            warnings.add("The question has no letters or digits to look for.");
        }
        return warnings;
    }

    /**
     * By which model's vectors to search.
     *
     * @param warnings takes why not, when vectors were asked for
     * @return empty when words alone decide
     */
    static Optional<VectorModel> model(Question question, OpenIndex index, List<String> warnings) {
        if (question.mode() == Question.Mode.TEXT) {
            return Optional.empty();
        }
        List<VectorModel> models = index.models();
        if (models.isEmpty()) {
            warnings.add("No document of this project has vectors: only words were looked for.");
            return Optional.empty();
        }
        if (question.vector().isEmpty()) {
            warnings.add("The question came without a vector: only words were looked for.");
            return Optional.empty();
        }
        Optional<VectorModel> model =
                models.stream().filter(each -> fits(question, each)).findFirst();
        if (model.isEmpty()) {
            warnings.add("The documents have vectors of the model "
                    + models.get(0).shown() + ", and the question has one of another: only words were looked for.");
            return Optional.empty();
        }
        long without = index.records().values().stream()
                .filter(record -> record.vectors() == 0 || !record.model().equals(model))
                .count();
        if (without > 0) {
            warnings.add(Plural.of(without, "document") + (without == 1 ? " has" : " have")
                    + " no vectors of this model and can be found by words alone.");
        }
        return model;
    }

    private static boolean fits(Question question, VectorModel model) {
        return question.vector().orElseThrow().length == model.dimensions()
                && (question.model().isEmpty() || question.model().equals(model.name()))
                && (question.modelSha256().isEmpty() || question.modelSha256().equals(model.sha256()));
    }
}
