package dev.callboard.pipelines;

import dev.callboard.problem.JsonDepth;
import dev.callboard.problem.Problem;
import dev.callboard.problem.Violation;
import java.io.StringReader;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * A YAML text as plain values that remember where they stood. Only plain values come out: a tag that names a class is a
 * fault, a date stays the text that it was.
 */
final class YamlDocument {
    /** The most characters that are read. */
    static final int MAX_LENGTH = 1_000_000;

    /** The most values that are read: aliases are counted each time they are used. */
    private static final int MAX_VALUES = 50_000;

    /** Places whose values are texts although they may look like numbers: {@code 1.10} is not 1.1 there. */
    private static final Set<String> TEXTS = Set.of("/version");

    private static final int MAX_ALIASES = 50;
    private final Map<String, Mark> marks = new HashMap<>();
    private final List<Fault> faults = new ArrayList<>();
    private final Set<Node> open = Collections.newSetFromMap(new IdentityHashMap<>());
    private @Nullable Object root;
    private int values;

    private YamlDocument() {}

    static YamlDocument parse(String text) {
        YamlDocument document = new YamlDocument();
        LoaderOptions options = new LoaderOptions();
        options.setCodePointLimit(MAX_LENGTH);
        options.setMaxAliasesForCollections(MAX_ALIASES);
        options.setNestingDepthLimit(JsonDepth.SETTINGS);
        options.setAllowDuplicateKeys(false);
        try {
            Node node = new Yaml(new SafeConstructor(options)).compose(new StringReader(text));
            if (node == null) {
                document.faults.add(new Fault("", 1, 1, "The text is empty."));
            } else {
                document.root = document.value(node, "");
            }
        } catch (MarkedYAMLException e) {
            document.faults.add(new Fault("", line(e.getProblemMark()), column(e.getProblemMark()), sentence(e)));
        } catch (YAMLException e) {
            document.faults.add(new Fault("", 1, 1, String.valueOf(e.getMessage())));
        }
        return document;
    }

    /** Values that have no text of their own. */
    static YamlDocument of(Map<?, ?> values) {
        YamlDocument document = new YamlDocument();
        document.root = values;
        return document;
    }

    private static String sentence(MarkedYAMLException e) {
        return (e.getContext() == null ? "" : e.getContext() + ": ") + e.getProblem() + ".";
    }

    /** The values; of use only without faults. */
    @Nullable
    Object root() {
        return root;
    }

    List<Fault> faults() {
        return List.copyOf(faults);
    }

    /** A violation with the place of the value, or of the nearest value around it. */
    Fault at(Violation violation) {
        String pointer = violation.pointer();
        Mark mark = marks.get(pointer);
        while (mark == null && !pointer.isEmpty()) {
            pointer = pointer.substring(0, pointer.lastIndexOf('/'));
            mark = marks.get(pointer);
        }
        return marks.isEmpty()
                ? new Fault(violation.pointer(), 0, 0, violation.detail())
                : new Fault(violation.pointer(), line(mark), column(mark), violation.detail());
    }

    private static int line(@Nullable Mark mark) {
        return mark == null ? 1 : mark.getLine() + 1;
    }

    private static int column(@Nullable Mark mark) {
        return mark == null ? 1 : mark.getColumn() + 1;
    }

    private void fault(Node node, String pointer, String detail) {
        if (faults.size() == Problem.MOST) {
            throw new YAMLException("There are more faults; these are the first " + Problem.MOST + ".");
        }
        faults.add(new Fault(pointer, line(node.getStartMark()), column(node.getStartMark()), detail));
    }

    private @Nullable Object value(Node node, String pointer) {
        marks.putIfAbsent(pointer, node.getStartMark());
        if (++values > MAX_VALUES) {
            throw new YAMLException("The text stands for more than " + MAX_VALUES + " values.");
        }
        if (!open.add(node)) {
            fault(node, pointer, "An alias stands inside of what it repeats.");
            return null;
        }
        try {
            if (node instanceof MappingNode mapping) {
                return map(mapping, pointer);
            }
            if (node instanceof SequenceNode sequence) {
                List<@Nullable Object> list = new ArrayList<>();
                for (Node element : sequence.getValue()) {
                    list.add(value(element, pointer + "/" + list.size()));
                }
                return list;
            }
            return scalar((ScalarNode) node, pointer);
        } finally {
            open.remove(node);
        }
    }

    private Map<String, @Nullable Object> map(MappingNode mapping, String pointer) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        Map<String, @Nullable Object> merged = new LinkedHashMap<>();
        for (NodeTuple entry : mapping.getValue()) {
            if (!(entry.getKeyNode() instanceof ScalarNode keyNode)) {
                fault(entry.getKeyNode(), pointer, "A key must be a text.");
                continue;
            }
            String key = keyNode.getValue();
            String at = pointer + "/" + key.replace("~", "~0").replace("/", "~1");
            if (Tag.MERGE.equals(keyNode.getTag())) {
                merge(entry.getValueNode(), at, merged);
            } else if (map.containsKey(key)) {
                fault(keyNode, at, "Duplicate key '" + key + "'.");
            } else {
                marks.put(at, keyNode.getStartMark());
                map.put(key, value(entry.getValueNode(), at));
            }
        }
        merged.forEach(map::putIfAbsent);
        return map;
    }

    private void merge(Node node, String pointer, Map<String, @Nullable Object> merged) {
        Object value = value(node, pointer);
        List<?> sources = value instanceof List<?> list ? list : List.of(value == null ? "" : value);
        for (Object source : sources) {
            if (source instanceof Map<?, ?> map) {
                map.forEach((key, member) -> merged.putIfAbsent(String.valueOf(key), member));
            } else {
                fault(node, pointer, "Only mappings can be merged with '<<'.");
            }
        }
    }

    private @Nullable Object scalar(ScalarNode node, String pointer) {
        String text = node.getValue();
        Tag tag = node.getTag();
        if (TEXTS.contains(pointer) && (Tag.INT.equals(tag) || Tag.FLOAT.equals(tag))) {
            return text;
        }
        try {
            if (Tag.NULL.equals(tag)) {
                return null;
            }
            if (Tag.BOOL.equals(tag)) {
                return List.of("true", "yes", "on").contains(text.toLowerCase(java.util.Locale.ROOT));
            }
            if (Tag.INT.equals(tag)) {
                return whole(text);
            }
            if (Tag.FLOAT.equals(tag)) {
                double number = Double.parseDouble(text.replace("_", ""));
                if (!Double.isFinite(number)) {
                    fault(node, pointer, "The number '" + text + "' is out of range.");
                }
                // 1e6 is a whole number that is written shortly.
                return text.indexOf('.') < 0 && number == (long) number ? (Number) (long) number : (Number) number;
            }
        } catch (NumberFormatException e) {
            fault(node, pointer, "The number '" + text + "' cannot be read; write it in decimal or in quotes.");
            return null;
        }
        if (Tag.STR.equals(tag) || Tag.TIMESTAMP.equals(tag)) {
            return text;
        }
        fault(node, pointer, "The tag '" + tag.getValue() + "' is not allowed.");
        return null;
    }

    private static Number whole(String text) {
        String digits = text.replace("_", "");
        String unsigned = digits.startsWith("-") || digits.startsWith("+") ? digits.substring(1) : digits;
        if (unsigned.startsWith("0x")) {
            return Long.decode(digits);
        }
        if (unsigned.length() > 1 && unsigned.startsWith("0")) {
            throw new NumberFormatException("octal, binary and base-60 numbers surprise people");
        }
        BigInteger number = new BigInteger(digits);
        if (number.bitLength() < Integer.SIZE) {
            return number.intValue();
        }
        return number.bitLength() < Long.SIZE ? (Number) number.longValue() : number;
    }
}
