package dev.callboard.pipelines;

import dev.callboard.pipelines.PipelineMessages.VersionView;

/**
 * A state of a pipeline as it is kept.
 *
 * @param text as it came; empty for a removal
 * @param fileName the file that has it
 * @param rule what its stages without {@code depends_on} mean
 */
record PipelineVersion(VersionView view, String text, String fileName, DependsOnRule rule) {
    static final String YAML = "application/yaml";

    String name() {
        return view.name();
    }

    long revision() {
        return view.revision();
    }

    boolean deleted() {
        return view.deleted();
    }

    /** Whether it is that text. */
    boolean is(String hash) {
        return !deleted() && view.hash().equals(hash);
    }
}
