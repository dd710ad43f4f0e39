package dev.callboard.library;

import dev.callboard.library.LibraryMessages.Search;
import dev.callboard.library.LibraryMessages.SearchReply;
import dev.callboard.problem.ProblemException;
import dev.callboard.problem.Violation;
import dev.callboard.store.Sql;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Searches by two questions that plugins answer: {@code embed-text} makes a vector of the words, {@code search} finds passages.
 * Without the first one words alone count.
 */
final class PassageSearch {
    private static final Logger LOG = LoggerFactory.getLogger(PassageSearch.class);

    private static final String SEARCH = "search";
    private static final String EMBED = "embed-text";
    private static final String TEXT = "text";
    private static final String VECTOR = "vector";

    /** What is asked of each project when several are searched. */
    private static final int MOST = 100;

    private final DocumentQueryRepository documents;
    private final Questions questions;

    PassageSearch(DocumentQueryRepository documents, Questions questions) {
        this.documents = documents;
        this.questions = questions;
    }

    /** Has the plugin take out of its index what is gone. Whether it can does not matter to anybody: it does so before it answers. */
    void forget(String project) {
        if (questions.known(SEARCH)) {
            questions
                    .ask(
                            SEARCH,
                            project,
                            question(new Search("removed", project, TEXT, 0, 1, Map.of()), 0, 1, Map.of()))
                    .onFailure(failure ->
                            LOG.debug("the index of {} is brought up to date by the next search", project, failure));
        }
    }

    Future<SearchReply> search(Search ask) {
        if (ask.text().isBlank()) {
            return Future.failedFuture(ProblemException.invalid(
                    "invalid_question",
                    "'q' is blank: give a word to look for.",
                    List.of(new Violation("/query/q", "must have a word to look for"))));
        }
        if (!questions.known(SEARCH)) {
            return Future.failedFuture(ProblemException.unavailable(
                    "search_unavailable",
                    "No plugin that searches is installed, or it is still being loaded; see the Plugins page."));
        }
        Set<String> warnings = new LinkedHashSet<>();
        return vector(ask, warnings)
                .compose(vector -> ask.project() == null
                        ? documents.projects().compose(projects -> all(ask, vector, projects, warnings))
                        : one(ask, vector, ask.project(), ask.from(), ask.limit())
                                .map(found -> reply(ask, found.items(), List.of(found), warnings)));
    }

    /** What the search question gets beside the words; nothing when there is no vector. */
    private Future<Map<String, Object>> vector(Search ask, Set<String> warnings) {
        if (ask.mode().equals(TEXT)) {
            return Future.succeededFuture(Map.of());
        }
        if (!questions.known(EMBED)) {
            warnings.add("No plugin that makes vectors is installed: words alone count.");
            return Future.succeededFuture(Map.of());
        }
        return questions
                .ask(EMBED, "", Map.of("texts", List.of(ask.text())))
                .map(answer -> {
                    Map<String, Object> given = new LinkedHashMap<>();
                    if (answer.get("vectors") instanceof List<?> vectors && vectors.get(0) instanceof String one) {
                        given.put(VECTOR, one);
                        given.put("model", String.valueOf(answer.get("model")));
                        given.put("model_sha256", String.valueOf(answer.get("model_sha256")));
                    }
                    return given;
                })
                .recover(failure -> {
                    LOG.warn("The words of a search could not be made a vector", failure);
                    warnings.add("The words could not be made a vector: words alone count. "
                            + (failure instanceof ProblemException expected
                                    ? expected.problem().detail()
                                    : ""));
                    return Future.succeededFuture(Map.of());
                });
    }

    private static Map<String, Object> question(Search ask, int from, int limit, Map<String, Object> vector) {
        Map<String, Object> question = new LinkedHashMap<>();
        question.put("q", ask.text());
        question.put("mode", vector.isEmpty() ? TEXT : ask.mode());
        question.put("from", from);
        question.put("limit", limit);
        if (!ask.facets().isEmpty()) {
            question.put("facets", ask.facets());
        }
        question.putAll(vector);
        return question;
    }

    /** What one project has. */
    private record Found(List<Map<String, @Nullable Object>> items, Map<?, ?> answer) {}

    private Future<Found> one(Search ask, Map<String, Object> vector, String project, int from, int limit) {
        return questions
                .ask(SEARCH, project, question(ask, from, limit, vector))
                .compose(answer -> tasks(project, items(answer)).map(items -> new Found(items, answer)));
    }

    private static List<Map<String, @Nullable Object>> items(Map<?, ?> answer) {
        List<Map<String, @Nullable Object>> items = new ArrayList<>();
        if (answer.get("items") instanceof List<?> list) {
            for (Object element : list) {
                if (element instanceof Map<?, ?> map && map.get("doc_id") instanceof String) {
                    Map<String, @Nullable Object> item = new LinkedHashMap<>();
                    map.forEach((key, value) -> item.put(String.valueOf(key), value));
                    items.add(item);
                }
            }
        }
        return items;
    }

    /** A passage says which task wrote of its document last. */
    private Future<List<Map<String, @Nullable Object>>> tasks(
            String project, List<Map<String, @Nullable Object>> items) {
        Set<String> ids = new LinkedHashSet<>();
        items.forEach(item -> ids.add(String.valueOf(item.get("doc_id"))));
        return documents.tasks(project, List.copyOf(ids)).map(tasks -> {
            List<Map<String, @Nullable Object>> there = new ArrayList<>();
            for (Map<String, @Nullable Object> item : items) {
                String task = tasks.get(String.valueOf(item.get("doc_id")));
                if (task != null) {
                    item.put("task_id", task);
                    item.put("project_id", project.isEmpty() ? null : project);
                    there.add(item);
                }
            }
            return there;
        });
    }

    private Future<SearchReply> all(
            Search ask, Map<String, Object> vector, List<String> projects, Set<String> warnings) {
        int wanted = Math.min(MOST, ask.from() + ask.limit());
        return Sql.inTurn(projects, project -> one(ask, vector, project, 0, wanted))
                .map(found -> {
                    List<Map<String, @Nullable Object>> ranked = ranked(found);
                    int from = Math.min(ask.from(), ranked.size());
                    return reply(
                            ask, ranked.subList(from, Math.min(ranked.size(), from + ask.limit())), found, warnings);
                });
    }

    /** By their ranks in their projects: scores of two indexes say nothing of each other. */
    private static List<Map<String, @Nullable Object>> ranked(List<Found> found) {
        List<Map<String, @Nullable Object>> ranked = new ArrayList<>();
        int longest = found.stream().mapToInt(each -> each.items().size()).max().orElse(0);
        for (int rank = 0; rank < longest; rank++) {
            for (Found each : found) {
                if (rank < each.items().size()) {
                    ranked.add(each.items().get(rank));
                }
            }
        }
        return ranked;
    }

    private static SearchReply reply(
            Search ask, List<Map<String, @Nullable Object>> items, List<Found> found, Set<String> warnings) {
        Set<String> all = new LinkedHashSet<>(warnings);
        Facets facets = new Facets();
        long total = 0;
        long nearest = 0;
        boolean exact = true;
        String mode = ask.mode();
        for (Found each : found) {
            total += number(each, "total", each.items().size());
            nearest += number(each, "nearest", 0);
            exact &= !Boolean.FALSE.equals(each.answer().get("counts_exact"));
            if (each.answer().get("warnings") instanceof List<?> list) {
                list.forEach(warning -> all.add(String.valueOf(warning)));
            }
            facets.add(each.answer().get("facets"));
            mode = each.answer().get("mode") instanceof String searched ? searched : mode;
        }
        return new SearchReply(items, total, nearest, mode, facets.counts(), exact, List.copyOf(all));
    }

    private static long number(Found found, String name, long fallback) {
        return found.answer().get(name) instanceof Number number ? number.longValue() : fallback;
    }
}
