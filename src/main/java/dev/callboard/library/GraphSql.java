package dev.callboard.library;

import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What all statements that read the graph have in common. */
final class GraphSql {
    private GraphSql() {}

    /** The condition of a project, none when all are meant. */
    static String of(@Nullable String project) {
        return project == null ? "" : "project_id = ? AND ";
    }

    /**
     * The condition of a project beside one of ids, none when all are meant. HSQLDB would go through all rows of the project by its
     * index rather than through those of the ids by theirs; of an expression it has no index.
     */
    static String beside(@Nullable String project) {
        return project == null ? "" : "COALESCE(project_id, '') = ? AND ";
    }

    /** The value of these conditions, to which others are added. */
    static Tuple values(@Nullable String project) {
        return project == null ? Tuple.tuple() : Tuple.of(project);
    }

    /**
     * The values of a condition of a project and some ids.
     *
     * @param times how often the condition stands in the statement
     */
    static Tuple values(@Nullable String project, List<String> ids, int times) {
        Tuple values = Tuple.tuple();
        for (int i = 0; i < times; i++) {
            if (project != null) {
                values.addString(project);
            }
            ids.forEach(values::addString);
        }
        return values;
    }

    /** As many at once as a statement takes. */
    static List<List<String>> some(Collection<String> ids) {
        List<String> all = List.copyOf(ids);
        List<List<String>> some = new ArrayList<>();
        for (int from = 0; from < all.size(); from += GraphRepository.IDS) {
            some.add(all.subList(from, Math.min(from + GraphRepository.IDS, all.size())));
        }
        return some;
    }
}
