package dev.callboard.engine;

import dev.callboard.pipelines.SelectionRules;
import dev.callboard.pipelines.StageOrder;
import java.util.Collections;
import java.util.Map;

/**
 * Which stages a task goes through, and in which order.
 *
 * @param rows template id to sort order, none for all stages
 * @param all the order of all stage templates, deleted ones too
 * @param alive the order of those that are not deleted
 * @param order the order of the selected ones
 */
record StageSelection(Map<String, Integer> rows, StageOrder all, StageOrder alive, StageOrder order) {
    static StageSelection of(ProjectRecord project, Map<String, Integer> rows) {
        StageOrder alive = project.alive(rows);
        return new StageSelection(
                Collections.unmodifiableMap(rows),
                project.all(rows),
                alive,
                SelectionRules.effective(alive, rows.keySet()));
    }
}
