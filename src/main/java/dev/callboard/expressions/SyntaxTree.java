package dev.callboard.expressions;

import com.dashjoin.jsonata.Jsonata;
import com.dashjoin.jsonata.Parser;
import dev.callboard.json.UserPatterns.UnusablePatternException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A parsed expression, made safe: its regular expressions become RE2's, and {@code $eval} is refused. The library hides its
 * tree, so it is read by reflection; {@code ExpressionsTest} fails when another version has another tree.
 */
final class SyntaxTree {
    private static final Field ROOT = field(Jsonata.class, "ast");
    private static final Field TYPE = field(Parser.Symbol.class, "type");
    private static final Field VALUE = field(Parser.Symbol.class, "value");
    private static final Field POSITION = field(Parser.Symbol.class, "position");
    private static final Field STEPS = field(Parser.Symbol.class, "steps");

    /** What is evaluated for each value that its node found, or that stands for none of its own. */
    private static final Set<String> OTHER_CONTEXT =
            Set.of("predicate", "stages", "group", "terms", "rhsTerms", "pattern", "update", "delete");

    private static final List<Field> CHILDREN = children();

    private SyntaxTree() {}

    private static Field field(Class<?> type, String name) {
        try {
            Field field = type.getDeclaredField(name);
            field.setAccessible(true);
            return field;
        } catch (NoSuchFieldException e) {
            throw new IllegalStateException("this version of the library has no " + name, e);
        }
    }

    private static List<Field> children() {
        List<Field> fields = new ArrayList<>();
        for (Field field : Parser.Symbol.class.getDeclaredFields()) {
            boolean may = List.class.isAssignableFrom(field.getType())
                    || field.getType().isAssignableFrom(Parser.Symbol.class);
            if (may && !Modifier.isStatic(field.getModifiers()) && !field.isSynthetic()) {
                field.setAccessible(true);
                fields.add(field);
            }
        }
        return fields;
    }

    /** Makes it safe. */
    static void secure(Jsonata parsed, String expression) throws ExpressionFault {
        Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        Deque<Object> left = new ArrayDeque<>();
        add(left, get(ROOT, parsed));
        while (!left.isEmpty()) {
            Object node = left.pop();
            if (!seen.add(node)) {
                continue;
            }
            if (node instanceof Parser.Symbol symbol) {
                check(symbol, expression);
                CHILDREN.forEach(field -> add(left, get(field, symbol)));
            } else if (node instanceof List<?> list) {
                list.forEach(each -> add(left, each));
            } else if (node instanceof Object[] several) {
                for (Object each : several) {
                    add(left, each);
                }
            }
        }
    }

    /** The whole tree. */
    static @Nullable Object root(Jsonata parsed) {
        return get(ROOT, parsed);
    }

    /** The steps of a path; none of another node. */
    static List<Parser.Symbol> steps(Parser.Symbol symbol) {
        List<Parser.Symbol> steps = new ArrayList<>();
        if (get(STEPS, symbol) instanceof List<?> list) {
            list.forEach(each -> {
                if (each instanceof Parser.Symbol step) {
                    steps.add(step);
                }
            });
        }
        return steps;
    }

    /** Whether a node is of a type and has a value. */
    static boolean is(Parser.Symbol symbol, String type, String value) {
        return type.equals(get(TYPE, symbol)) && value.equals(get(VALUE, symbol));
    }

    /** The name that a step of a path is. */
    static Optional<String> name(Parser.Symbol symbol) {
        return "name".equals(get(TYPE, symbol)) ? Optional.of(String.valueOf(get(VALUE, symbol))) : Optional.empty();
    }

    /**
     * What stands below a node.
     *
     * @param node a symbol, or a list or an array of them
     * @param sameContext whether names in it are looked for where the node's own are
     */
    record Child(Object node, boolean sameContext) {}

    /** All that stands below a node but for the steps of a path. */
    static List<Child> children(Parser.Symbol symbol) {
        List<Child> children = new ArrayList<>();
        for (Field field : CHILDREN) {
            Object child = get(field, symbol);
            if (child != null && !field.equals(STEPS)) {
                children.add(new Child(child, !OTHER_CONTEXT.contains(field.getName())));
            }
        }
        return children;
    }

    /** Where a node stands in the text, from 0; behind its token. */
    static int position(Parser.Symbol symbol) {
        return get(POSITION, symbol) instanceof Integer position ? position : -1;
    }

    private static void check(Parser.Symbol symbol, String expression) throws ExpressionFault {
        Object value = get(VALUE, symbol);
        int at = position(symbol);
        if ("variable".equals(get(TYPE, symbol)) && "eval".equals(value)) {
            throw ExpressionFault.at(expression, at, "$eval cannot be used here; write out what it is to evaluate");
        }
        if (value instanceof Pattern pattern) {
            try {
                set(VALUE, symbol, new RegexFunction(pattern));
            } catch (UnusablePatternException e) {
                throw ExpressionFault.at(expression, at, String.valueOf(e.getMessage()));
            }
        }
    }

    private static void add(Deque<Object> nodes, @Nullable Object node) {
        if (node != null) {
            nodes.push(node);
        }
    }

    private static @Nullable Object get(Field field, Object of) {
        try {
            return field.get(of);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void set(Field field, Object of, Object value) {
        try {
            field.set(of, value);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }
}
