package dev.callboard.pipelines;

import dev.callboard.problem.Violation;

/**
 * One thing that is wrong with a pipeline file.
 *
 * @param pointer where, as a JSON Pointer
 * @param line from 1; 0 when the pipeline did not come as text
 * @param column in characters, from 1
 * @param detail what is wrong and what would be right, one sentence
 */
public record Fault(String pointer, int line, int column, String detail) {
    /** The same for people who see no columns of a list: the place is in the sentence. */
    public Violation violation() {
        return line == 0
                ? new Violation(pointer, detail)
                : new Violation(pointer, "Line " + line + ", column " + column + ": " + detail);
    }
}
