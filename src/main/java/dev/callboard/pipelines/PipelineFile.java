package dev.callboard.pipelines;

import dev.callboard.hash.Sha256;
import dev.callboard.problem.Violation;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A pipeline file as it is served.
 *
 * @param fileName the file's name in its folder
 * @param name the pipeline's name; the file's, without its suffix, while no good state of it is known
 * @param pipeline the last good state, null when there was none yet
 * @param text of the last good state; of the file as it is when there was none yet
 * @param hash SHA-256 of the last good state's text, empty when there was none yet
 * @param faults what is wrong with the file now; the last good state is served meanwhile
 * @param warnings what the last good state should say in another way
 * @param rule what stages without {@code depends_on} mean in it
 */
public record PipelineFile(
        String fileName,
        String name,
        @Nullable Pipeline pipeline,
        String text,
        String hash,
        List<Fault> faults,
        List<Violation> warnings,
        DependsOnRule rule) {
    /** Copies. */
    public PipelineFile {
        faults = List.copyOf(faults);
        warnings = List.copyOf(warnings);
    }

    /** What is served while a file is bad. */
    static PipelineFile bad(String fileName, @Nullable PipelineFile before, String text, List<Fault> faults) {
        return before == null
                ? new PipelineFile(
                        fileName, baseName(fileName), null, text, "", faults, List.of(), DependsOnRule.PREVIOUS)
                : new PipelineFile(
                        fileName,
                        before.name(),
                        before.pipeline(),
                        before.pipeline() == null ? text : before.text(),
                        before.hash(),
                        faults,
                        before.warnings(),
                        before.rule());
    }

    /** A sentence: there is no pipeline of that name among those. */
    public static String unknown(String name, List<PipelineFile> files) {
        return "There is no pipeline '" + name + "'; " + known(files);
    }

    /** The end of a sentence that names the pipelines that there are. */
    static String known(List<PipelineFile> files) {
        String names = files.stream().map(PipelineFile::name).collect(Collectors.joining(", "));
        return names.isEmpty() ? "there are none at all." : "known are " + names + ".";
    }

    /** A file's name without its suffix. */
    static String baseName(String fileName) {
        return fileName.substring(0, fileName.lastIndexOf('.'));
    }

    /** It under another name, because the pipeline's own belongs to another file. */
    PipelineFile named(String other, Fault fault) {
        return new PipelineFile(fileName, other, null, text, "", List.of(fault), List.of(), rule);
    }

    /** A good text of a file, or a bad one that leaves the state before it served. */
    static PipelineFile of(String fileName, PipelineYaml yaml, String text, @Nullable PipelineFile before) {
        Pipeline pipeline = yaml.pipeline();
        return pipeline == null
                ? bad(fileName, before, text, yaml.faults())
                : new PipelineFile(
                        fileName,
                        pipeline.name(),
                        pipeline,
                        text,
                        Sha256.hex(text),
                        List.of(),
                        Stream.concat(yaml.warnings().stream(), yaml.malformedSchemas().stream())
                                .map(Fault::violation)
                                .toList(),
                        yaml.rule());
    }

    /** Its last good state, without what is wrong with the file since. */
    PipelineFile asLastGood() {
        return new PipelineFile(fileName, name, pipeline, text, hash, List.of(), warnings, rule);
    }

    /** Whether the file is good as it stands. */
    boolean good() {
        return pipeline != null && faults.isEmpty();
    }
}
