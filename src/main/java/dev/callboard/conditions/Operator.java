package dev.callboard.conditions;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a condition asks of a value of the ledger. A missing value is null. A value of another type than is asked for does not
 * meet the condition; it is no error.
 */
public enum Operator {
    /** The same value. */
    EQUALS,
    /** Any other value, or none. */
    NOT_EQUALS,
    /** True: a value that is not null; false: none. */
    EXISTS,
    /** A greater number. */
    GT,
    /** A greater number or the same. */
    GTE,
    /** A smaller number. */
    LT,
    /** A smaller number or the same. */
    LTE,
    /** One of these values. */
    IN,
    /** True: another value than when waiting began; false: the same. */
    CHANGED;

    /** All words, separated by commas, in the order of the alphabet. */
    static final String WORDS = Stream.of(values()).map(Operator::word).sorted().collect(Collectors.joining(", "));

    /** The word in a condition. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The operator of that word. */
    static Optional<Operator> of(String word) {
        for (Operator operator : values()) {
            if (operator.word().equals(word)) {
                return Optional.of(operator);
            }
        }
        return Optional.empty();
    }

    /** What is wrong with what it is given, which continues "it …". */
    Optional<String> fault(@Nullable Object wanted) {
        return switch (this) {
            case EQUALS, NOT_EQUALS -> Optional.empty();
            case EXISTS, CHANGED -> wanted instanceof Boolean ? Optional.empty() : must("true or false");
            case GT, GTE, LT, LTE -> wanted instanceof Number ? Optional.empty() : must("a number");
            case IN ->
                wanted instanceof List<?> list && !list.isEmpty()
                        ? Optional.empty()
                        : must("a list of at least one value");
        };
    }

    private static Optional<String> must(String be) {
        return Optional.of("must be " + be);
    }

    /**
     * Whether a value meets it.
     *
     * @param changed whether the value is another than when waiting began
     */
    boolean met(@Nullable Object wanted, @Nullable Object value, boolean changed) {
        return switch (this) {
            case EQUALS -> JsonValues.same(value, wanted);
            case NOT_EQUALS -> !JsonValues.same(value, wanted);
            case EXISTS -> Boolean.valueOf(value != null).equals(wanted);
            case GT -> compare(value, wanted).filter(order -> order > 0).isPresent();
            case GTE -> compare(value, wanted).filter(order -> order >= 0).isPresent();
            case LT -> compare(value, wanted).filter(order -> order < 0).isPresent();
            case LTE -> compare(value, wanted).filter(order -> order <= 0).isPresent();
            case IN ->
                value != null
                        && wanted instanceof List<?> list
                        && list.stream().anyMatch(each -> JsonValues.same(value, each));
            case CHANGED -> Boolean.valueOf(changed).equals(wanted);
        };
    }

    private static Optional<Integer> compare(@Nullable Object value, @Nullable Object wanted) {
        return value instanceof Number one && wanted instanceof Number other
                ? Optional.of(JsonValues.number(one).compareTo(JsonValues.number(other)))
                : Optional.empty();
    }

    /** What is asked, after the name of the field. */
    String asks(@Nullable Object wanted) {
        boolean not = Boolean.FALSE.equals(wanted);
        return switch (this) {
            case EQUALS -> "to equal " + JsonValues.show(wanted);
            case NOT_EQUALS -> "to be other than " + JsonValues.show(wanted);
            case EXISTS -> not ? "not to be set" : "to be set";
            case GT -> "to be greater than " + JsonValues.show(wanted);
            case GTE -> "to be at least " + JsonValues.show(wanted);
            case LT -> "to be less than " + JsonValues.show(wanted);
            case LTE -> "to be at most " + JsonValues.show(wanted);
            case IN ->
                "to be one of "
                        + (wanted instanceof List<?> list
                                ? list.stream().map(JsonValues::show).collect(Collectors.joining(", "))
                                : "");
            case CHANGED -> not ? "not to change" : "to change";
        };
    }
}
