package dev.callboard.engine;

import dev.callboard.bus.Caller;
import dev.callboard.engine.StageOutcome.Asked;
import dev.callboard.json.Json;
import dev.callboard.taskmodel.Suggestion;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Keeps which stages were suggested for a task. Names are matched trimmed and without regard to case; unknown ones are noted
 * in the timeline, and when none fits all stages count as suggested. Pure.
 */
final class Suggestions {
    private Suggestions() {}

    /** The input of an attempt with what a person is asked, as JSON. */
    static String asked(String input, Asked asked) {
        Map<String, @Nullable Object> whole = TaskRecordRepository.map(input);
        whole.put("prompt", asked.prompt());
        if (asked.suggested() != null) {
            whole.put("suggested_stages", asked.suggested());
            whole.put("suggested_by", "rules");
        }
        return Json.write(whole);
    }

    private static String word(Caller by) {
        return switch (by.kind()) {
            case RULES, MODEL -> by.name();
            default -> "person";
        };
    }

    /**
     * Keeps suggestions; null changes nothing unless the stage is one that suggests.
     *
     * @param by the model or the rules of a stage, or the person who wrote the output
     */
    static void put(TaskDraft draft, String executionId, Caller by, @Nullable List<Suggestion> suggested) {
        TaskRecord task = draft.task();
        boolean suggests = task.latest().values().stream()
                .anyMatch(attempt -> attempt.id().equals(executionId)
                        && task.template(attempt.templateId()).prompt().suggests());
        if (!suggests) {
            return;
        }
        if (suggested == null) {
            draft.put(task.row().withSuggestions(null));
            return;
        }
        Map<String, String> names = new LinkedHashMap<>();
        for (String key : task.alive().keys()) {
            Template template = task.template(key);
            if (!template.locked()) {
                names.put(key, template.name());
            }
        }
        Map<String, String> locked = new LinkedHashMap<>();
        task.alive().keys().stream()
                .filter(key -> !names.containsKey(key))
                .forEach(key -> locked.put(key, task.template(key).name()));
        Suggestion.Matched matched = Suggestion.match(suggested, names);
        // A locked stage may be named too: it is selected anyhow.
        List<String> unknown = matched.unknown().stream()
                .filter(name -> Suggestion.match(List.of(new Suggestion(name, "")), locked)
                        .reasons()
                        .isEmpty())
                .toList();
        List<Object> stages = new ArrayList<>();
        if (matched.reasons().isEmpty()) {
            names.keySet().forEach(id -> stages.add(Map.of("id", id)));
        } else {
            matched.reasons().forEach((id, reason) -> stages.add(Map.of("id", id, "reason", reason)));
        }
        Map<String, Object> kept = new LinkedHashMap<>();
        kept.put("by", word(by));
        kept.put("execution_id", executionId);
        kept.put("matched", matched.reasons().size());
        kept.put("unknown", unknown);
        kept.put("stages", stages);
        draft.put(task.row().withSuggestions(Json.write(kept)));
        unknown.forEach(name -> draft.note("suggestion_ignored", name, by));
    }
}
