package dev.callboard.palette;

import dev.callboard.pipelines.GraphRules;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * How a valid graph would run.
 *
 * @param mainPath node ids from a source to a sink, the longest such path
 * @param sideTaps the other node ids, in running order
 * @param order all node ids in running order
 */
public record GraphPlan(List<String> mainPath, List<String> sideTaps, List<String> order) {
    /** Copies. */
    public GraphPlan {
        mainPath = List.copyOf(mainPath);
        sideTaps = List.copyOf(sideTaps);
        order = List.copyOf(order);
    }

    /** The plan of a graph that {@link GraphRules#check} found nothing wrong with. */
    public static GraphPlan of(Graph graph) {
        GraphOrder order = GraphOrder.of(graph);
        List<String> mainPath = order.mainPath(graph);
        List<String> sideTaps = new ArrayList<>(order.sorted());
        sideTaps.removeAll(Set.copyOf(mainPath));
        return new GraphPlan(mainPath, sideTaps, order.sorted());
    }
}
