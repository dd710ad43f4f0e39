package dev.callboard.documents.extract;

import dev.callboard.documents.endpoint.ChatModel;
import dev.callboard.documents.endpoint.ChatModel.Message;
import dev.callboard.documents.extract.ModelAnswer.Named;
import dev.callboard.documents.extract.ModelAnswer.NotValid;
import dev.callboard.documents.extract.ModelAnswer.Stated;
import dev.callboard.documents.ir.CodePoints;
import dev.callboard.spi.Plural;
import dev.callboard.spi.StageFailure;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * Asks a model for entities and claims, and believes nothing that the text does not bear out: an entity's name must stand in the
 * text, and a claim's quote in the very part that it names; all else is dropped and counted. An answer that does not fit the
 * schema may be repaired once. All documents of one execution share one budget of calls; an answer that an earlier attempt got
 * counts as a call, so that an execution has the same result however often it was interrupted.
 */
final class ModelExtraction {
    /** Text of one call, in UTF-16 units: some 1,500 tokens of English. */
    private static final int CALL_LENGTH = 6_000;

    private final ChatModel model;
    private final KeptAnswers answers;
    private final int maxCalls;
    private int calls;

    /**
     * Names the parts.
     *
     * @param answers of earlier attempts, and takes those of this one
     * @param maxCalls of one execution, repairs among them
     */
    ModelExtraction(ChatModel model, KeptAnswers answers, int maxCalls) {
        this.model = model;
        this.answers = answers;
        this.maxCalls = maxCalls;
    }

    /** What became of one document's answers. */
    private static final class Counts {
        private int calls;
        private int kept;
        private int unusable;
        private int unsent;
        private int claims;
        private int unfounded;
        private int unnamed;
    }

    /**
     * Adds what the model finds in a document.
     *
     * @param dictionary gives entities for names that it has
     */
    void extract(SourceDocument document, TermMatcher dictionary, Findings findings, BooleanSupplier cancelled)
            throws StageFailure, IOException, InterruptedException {
        Counts counts = new Counts();
        for (List<Passage> parts : calls(document.passages())) {
            if (calls >= maxCalls) {
                counts.unsent++;
                continue;
            }
            Optional<ModelAnswer> answer = ask(parts, counts, cancelled);
            if (answer.isPresent()) {
                take(document, parts, answer.get(), dictionary, findings, counts);
            } else {
                counts.unusable++;
            }
        }
        findings.note(summary(counts));
    }

    /** The prose of a document, in portions for one call each. */
    private static List<List<Passage>> calls(List<Passage> passages) {
        List<List<Passage>> calls = new ArrayList<>();
        List<Passage> open = new ArrayList<>();
        int length = 0;
        for (Passage passage : passages) {
            List<Passage> pieces = new ArrayList<>();
            if (passage.isProse()) {
                Passage.add(pieces, passage.start(), passage.kind(), passage.text(), CALL_LENGTH);
            }
            for (Passage piece : pieces) {
                if (!open.isEmpty() && length + piece.text().length() > CALL_LENGTH) {
                    calls.add(open);
                    open = new ArrayList<>();
                    length = 0;
                }
                open.add(piece);
                length += piece.text().length();
            }
        }
        if (!open.isEmpty()) {
            calls.add(open);
        }
        return calls;
    }

    private Optional<ModelAnswer> ask(List<Passage> parts, Counts counts, BooleanSupplier cancelled)
            throws StageFailure, IOException, InterruptedException {
        List<Message> question = ModelPrompt.of(parts);
        String first = call(question, counts, cancelled);
        try {
            return Optional.of(ModelAnswer.of(first));
        } catch (NotValid e) {
            if (calls >= maxCalls) {
                return Optional.empty();
            }
            String second = call(ModelPrompt.repair(question, first, e.getMessage()), counts, cancelled);
            return repaired(second);
        }
    }

    private static Optional<ModelAnswer> repaired(String answer) {
        try {
            return Optional.of(ModelAnswer.of(answer));
        } catch (NotValid e) {
            return Optional.empty();
        }
    }

    private String call(List<Message> messages, Counts counts, BooleanSupplier cancelled)
            throws StageFailure, IOException, InterruptedException {
        calls++;
        counts.calls++;
        Optional<String> before = answers.find(messages);
        if (before.isPresent()) {
            counts.kept++;
            return before.get();
        }
        String answer = EntityIds.wellFormed(model.answer(messages, cancelled));
        answers.add(messages, answer);
        return answer;
    }

    private static void take(
            SourceDocument document,
            List<Passage> parts,
            ModelAnswer answer,
            TermMatcher dictionary,
            Findings findings,
            Counts counts)
            throws StageFailure {
        Map<String, EntityRef> named = new HashMap<>();
        List<Term> terms = new ArrayList<>();
        for (Named each : answer.entities()) {
            entity(each, dictionary).ifPresent(entity -> {
                if (named.putIfAbsent(each.name(), entity) == null) {
                    terms.add(new Term(each.name(), entity, Method.MODEL, Confidence.MEDIUM));
                }
            });
        }
        Map<String, EntityRef> found = new HashMap<>();
        TermMatcher matcher = new TermMatcher(terms);
        for (Passage part : parts) {
            CodePoints points = new CodePoints(part.text());
            for (Hit hit : matcher.find(part.text())) {
                findings.add(hit.entity(), part.place(points, hit.start(), hit.end(), Method.MODEL, Confidence.MEDIUM));
                found.put(hit.entity().id(), hit.entity());
            }
        }
        counts.unnamed += (int) named.values().stream()
                .map(EntityRef::id)
                .distinct()
                .filter(id -> !found.containsKey(id))
                .count();
        for (Stated claim : answer.claims()) {
            EntityRef subject = named.get(claim.subject());
            EntityRef object = named.get(claim.object());
            Optional<Place> quote = quote(claim, parts);
            boolean founded = subject != null
                    && object != null
                    && found.containsKey(subject.id())
                    && found.containsKey(object.id())
                    && !subject.id().equals(object.id());
            if (founded && quote.isPresent()) {
                findings.add(new Claim(document.docId(), subject.id(), claim.predicate(), object.id(), quote.get()));
                counts.claims++;
            } else {
                counts.unfounded++;
            }
        }
    }

    private static Optional<EntityRef> entity(Named named, TermMatcher dictionary) {
        for (Hit hit : dictionary.find(named.name())) {
            if (hit.start() == 0 && hit.end() == named.name().length()) {
                return Optional.of(hit.entity());
            }
        }
        return EntityRef.named(named.type(), named.name());
    }

    /** Where the quote stands, character by character, in the part that the claim names. */
    private static Optional<Place> quote(Stated claim, List<Passage> parts) {
        if (claim.part() > parts.size() || claim.quote().isBlank()) {
            return Optional.empty();
        }
        Passage part = parts.get(claim.part() - 1);
        int start = part.text().indexOf(claim.quote());
        if (start < 0) {
            return Optional.empty();
        }
        int end = start + claim.quote().length();
        return Optional.of(part.place(new CodePoints(part.text()), start, end, Method.MODEL, Confidence.MEDIUM));
    }

    private String summary(Counts counts) {
        StringBuilder line = new StringBuilder("The model was asked ")
                .append(Plural.of(counts.calls, "time"))
                .append(counts.kept == 0 ? ": " : ", " + counts.kept + " of them by an earlier attempt: ")
                .append(Plural.of(counts.claims, "claim"));
        add(line, counts.unfounded, "without a quote or entities that are in the text");
        add(line, counts.unnamed, "entities whose names are not in the text");
        add(line, counts.unusable, "answers that do not fit the schema");
        line.append('.');
        if (counts.unsent > 0) {
            line.append(" It was not asked about ")
                    .append(Plural.of(counts.unsent, "more portion"))
                    .append(" (setting max_model_calls, ")
                    .append(maxCalls)
                    .append(").");
        }
        return line.toString();
    }

    private static void add(StringBuilder line, int count, String what) {
        if (count > 0) {
            line.append("; dropped: ").append(count).append(' ').append(what);
        }
    }
}
