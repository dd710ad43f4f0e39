package dev.callboard.expressions;

import com.dashjoin.jsonata.Jsonata;
import com.dashjoin.jsonata.Parser;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds the members of a member of the whole input that an expression reads by their names: {@code a} in {@code settings.a} and
 * {@code $$.settings.a}. A path that begins with something else is not one, nor is one within the steps, the predicates and the
 * groups of another path, where names are those of what that path found. What is not found so may be read all the same.
 */
final class NamesRead {
    /** The variable of the whole input, and that of the current value; their names are without the dollar. */
    private static final String WHOLE = "$";

    private static final String CONTEXT = "";

    private final String member;
    private final Set<String> names = new LinkedHashSet<>();
    private final Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());

    private NamesRead(String member) {
        this.member = member;
    }

    /** The names, each once, in the order of the text as far as it is known. */
    static List<String> of(Jsonata parsed, String member) {
        NamesRead read = new NamesRead(member);
        read.visit(SyntaxTree.root(parsed), true);
        return List.copyOf(read.names);
    }

    /** @param outermost whether names there are those of the whole input */
    private void visit(@Nullable Object node, boolean outermost) {
        if (node instanceof List<?> list) {
            list.forEach(each -> visit(each, outermost));
        } else if (node instanceof Object[] several) {
            for (Object each : several) {
                visit(each, outermost);
            }
        } else if (node instanceof Parser.Symbol symbol && seen.add(symbol)) {
            List<Parser.Symbol> steps = SyntaxTree.steps(symbol);
            if (!steps.isEmpty()) {
                path(steps, outermost);
            }
            SyntaxTree.children(symbol).forEach(child -> visit(child.node(), outermost && child.sameContext()));
        }
    }

    private void path(List<Parser.Symbol> steps, boolean outermost) {
        List<Parser.Symbol> rest = new ArrayList<>(steps);
        boolean whole = SyntaxTree.is(rest.get(0), "variable", WHOLE);
        if (whole || (outermost && SyntaxTree.is(rest.get(0), "variable", CONTEXT))) {
            rest.remove(0);
        }
        boolean begins = (whole || outermost) && rest.size() > 1 && SyntaxTree.is(rest.get(0), "name", member);
        if (begins) {
            SyntaxTree.name(rest.get(1)).ifPresent(names::add);
        }
        for (int i = 0; i < steps.size(); i++) {
            visit(steps.get(i), outermost && i == 0);
        }
    }
}
