package dev.callboard.pipelines;

import dev.callboard.pipelines.PipelineMessages.PipelineChecked;
import java.util.ArrayList;
import java.util.List;

/** Says what is wrong with the text of a pipeline. */
public record PipelineJudge(PipelineFinding.Rules rules) {
    /**
     * What is wrong with a text.
     *
     * @param refusals what no pipeline may have that is stored from now on
     * @param warnings why it would not run at the moment, and what it should say in another way
     */
    record Judged(List<Fault> errors, List<Fault> refusals, List<Fault> warnings) {}

    /** Says everything at once: faults of the form, and what the palette and the plugins say of what could be read. */
    Judged judge(PipelineYaml yaml) {
        List<Fault> errors = new ArrayList<>(yaml.faults());
        errors.addAll(yaml.malformedSchemas());
        List<Fault> refusals = new ArrayList<>();
        List<Fault> warnings = new ArrayList<>(yaml.warnings());
        List<PipelineFinding> found = new ArrayList<>();
        if (yaml.draft() != null) {
            found.addAll(rules.ofPart(yaml.draft()));
        }
        if (yaml.pipeline() != null) {
            found.addAll(rules.ofWhole(yaml.pipeline()));
        }
        found.forEach(each -> (switch (each.kind()) {
                    case ERROR -> errors;
                    case REFUSAL -> refusals;
                    case UNAVAILABLE, WARNING -> warnings;
                })
                .add(yaml.at(each.violation())));
        return new Judged(errors, refusals, warnings);
    }

    /** Says what is wrong with the text of a file that would be a pipeline. */
    public PipelineChecked check(String text) {
        PipelineYaml yaml = PipelineYaml.read(text, DependsOnRule.NONE_WHERE_OTHERS_SAY);
        Judged judged = judge(yaml);
        List<Fault> warnings = new ArrayList<>(judged.refusals());
        warnings.addAll(judged.warnings());
        return new PipelineChecked(
                yaml.pipeline() == null ? null : yaml.pipeline().name(), judged.errors(), warnings);
    }
}
