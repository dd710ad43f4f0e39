package dev.callboard.pipelines;

import dev.callboard.problem.Problem;
import dev.callboard.problem.ProblemException;
import dev.callboard.problem.Violation;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Which selections of a pipeline's stages can work. Only needs count, not mere order. */
public final class SelectionRules {
    private final StageOrder order;
    private final Map<String, Stage> stages;

    /**
     * The stages to choose from.
     *
     * @param order all of them, by their keys
     * @param stages each by its key
     */
    public SelectionRules(StageOrder order, Map<String, Stage> stages) {
        this.order = order;
        this.stages = new LinkedHashMap<>(stages);
    }

    /**
     * A stage to choose.
     *
     * @param locked whether it belongs to every selection
     * @param needs the stage types that it cannot do without
     */
    public record Stage(String name, String type, boolean locked, List<String> needs) {
        /** Copies. */
        public Stage {
            needs = List.copyOf(needs);
        }
    }

    /** The order of a task's stages: without rows the whole pipeline. */
    public static StageOrder effective(StageOrder order, Collection<String> rows) {
        return rows.isEmpty() ? order : order.select(rows);
    }

    private Stage stage(String key) {
        return Objects.requireNonNull(stages.get(key), "unknown stage");
    }

    /**
     * What each stage needs: the keys of the stages that have to be selected with it, the nearest before it of each type. A
     * need that no earlier stage could meet is not there: it is not the selection's fault.
     */
    public List<String> needs(String key) {
        List<String> needed = new ArrayList<>();
        for (String type : stage(key).needs()) {
            candidates(key, type).stream().reduce((one, later) -> later).ifPresent(needed::add);
        }
        return needed;
    }

    private List<String> candidates(String key, String type) {
        return order.keys().stream()
                .filter(other -> stage(other).type().equals(type) && order.isBefore(other, key))
                .toList();
    }

    /** What a selection lacks; nothing for one that can work. */
    public List<Violation> lacking(Collection<String> selected, String pointer) {
        List<Violation> lacking = new ArrayList<>();
        for (String key : order.keys()) {
            for (String type : selected.contains(key) ? stage(key).needs() : List.<String>of()) {
                List<String> candidates = candidates(key, type);
                if (!candidates.isEmpty() && candidates.stream().noneMatch(selected::contains)) {
                    lacking.add(new Violation(
                            pointer,
                            "'" + stage(key).name() + "' needs '"
                                    + stage(candidates.get(candidates.size() - 1))
                                            .name() + "', which is not selected"));
                }
            }
        }
        return lacking;
    }

    /** A selection with all that it needs and the locked stages: in order, each added one with the reason, others with "". */
    public Map<String, String> completed(Collection<String> wanted) {
        Map<String, String> reasons = new LinkedHashMap<>();
        for (int i = order.keys().size() - 1; i >= 0; i--) {
            String key = order.keys().get(i);
            if (wanted.contains(key)) {
                reasons.put(key, "");
            } else if (stage(key).locked()) {
                reasons.put(key, "'" + stage(key).name() + "' belongs to every task");
            }
            if (wanted.contains(key) || reasons.containsKey(key)) {
                for (String type : stage(key).needs()) {
                    if (candidates(key, type).stream()
                            .noneMatch(each -> wanted.contains(each) || reasons.containsKey(each))) {
                        needs(key).stream()
                                .filter(each -> stage(each).type().equals(type))
                                .forEach(each ->
                                        reasons.put(each, "'" + stage(key).name() + "' needs it"));
                    }
                }
            }
        }
        Map<String, String> ordered = new LinkedHashMap<>();
        order.keys().stream()
                .filter(reasons::containsKey)
                .forEach(key -> ordered.put(key, Objects.requireNonNull(reasons.get(key))));
        return ordered;
    }

    /**
     * Takes a selection: the keys in order, with the locked and the started stages. Fails with {@code invalid_selection}
     * and every reason.
     *
     * @param wanted the keys that somebody chose
     * @param now the keys that are selected now
     * @param started keys of stages that were started: they stay, and nothing new can come before them
     * @param pointer where the request names them
     */
    public List<String> accept(
            List<String> wanted, Collection<String> now, Collection<String> started, String pointer) {
        List<Violation> violations = new ArrayList<>();
        Set<String> before = Set.copyOf(now);
        Set<String> chosen = new LinkedHashSet<>();
        for (int i = 0; i < wanted.size(); i++) {
            if (stages.containsKey(wanted.get(i))) {
                chosen.add(wanted.get(i));
            } else {
                violations.add(new Violation(
                        pointer + "/" + i, "there is no stage template '" + wanted.get(i) + "' in the task's project"));
            }
        }
        order.keys().stream()
                .filter(key -> stage(key).locked() || started.contains(key))
                .forEach(chosen::add);
        for (String key : order.keys()) {
            if (chosen.contains(key) && !before.contains(key) && !started.contains(key)) {
                started.stream()
                        .filter(other -> order.isBefore(key, other))
                        .findFirst()
                        .ifPresent(other -> violations.add(new Violation(
                                pointer,
                                "'" + stage(key).name() + "' comes before '"
                                        + stage(other).name()
                                        + "', which was started already; redo an earlier stage first")));
            }
        }
        violations.addAll(lacking(chosen, pointer));
        if (chosen.isEmpty()) {
            violations.add(new Violation(pointer, "must have at least one stage"));
        }
        if (!violations.isEmpty()) {
            throw invalid(violations);
        }
        return order.keys().stream().filter(chosen::contains).toList();
    }

    private static ProblemException invalid(List<Violation> violations) {
        return new ProblemException(new Problem(
                Problem.Kind.INVALID_SELECTION,
                "invalid_selection",
                "These stages cannot be selected: " + violations.get(0).sentence(),
                violations));
    }

    /** Why a selection is refused. */
    public static ProblemException invalid(String pointer, String detail) {
        return invalid(List.of(new Violation(pointer, detail)));
    }
}
