package dev.callboard.tasks;

import dev.callboard.model.DependsOnRule;
import dev.callboard.model.EndRules;
import dev.callboard.model.InputlessStarts;
import dev.callboard.model.Pipeline;
import dev.callboard.model.PipelineRules;
import dev.callboard.model.PluginCatalog;
import dev.callboard.model.PortRules;
import dev.callboard.model.SecretRules;
import dev.callboard.model.SecretSource;
import dev.callboard.model.StageResolver;
import dev.callboard.tasks.TaskMessages.PipelineChecked;
import java.util.ArrayList;
import java.util.List;

/** Says what is wrong with the text of a pipeline, by the palette, the plugins and the secrets as they are now. */
record PipelineJudge(StageResolver resolver, PluginCatalog plugins, SecretSource secrets, EndRules ends) {
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
        Pipeline draft = yaml.draft();
        if (draft != null) {
            PipelineRules.Checked checked = PipelineRules.check(draft, resolver, plugins);
            checked.errors().forEach(each -> errors.add(yaml.at(each)));
            PipelineRules.missing(draft, plugins).forEach(each -> warnings.add(yaml.at(each)));
            checked.unavailable().forEach(each -> warnings.add(yaml.at(each)));
            checked.unchecked().forEach(each -> warnings.add(yaml.at(each)));
        }
        if (yaml.pipeline() != null) {
            PipelineRules.lacking(yaml.pipeline(), resolver).forEach(each -> errors.add(yaml.at(each)));
            PortRules.Checked ports = PortRules.check(yaml.pipeline(), resolver);
            ports.unknown().forEach(each -> errors.add(yaml.at(each)));
            ports.ambiguous().forEach(each -> refusals.add(yaml.at(each)));
            List<Fault> mismatches = yaml.pipeline().strict() ? errors : warnings;
            ports.mismatches().forEach(each -> mismatches.add(yaml.at(each)));
            InputlessStarts.check(yaml.pipeline(), resolver).forEach(each -> warnings.add(yaml.at(each)));
            SecretRules.missing(yaml.pipeline(), resolver, secrets).forEach(each -> warnings.add(yaml.at(each)));
            EndRules.Found found = ends.check(yaml.pipeline());
            found.errors().forEach(each -> errors.add(yaml.at(each)));
            found.refusals().forEach(each -> refusals.add(yaml.at(each)));
            found.warnings().forEach(each -> warnings.add(yaml.at(each)));
        }
        return new Judged(errors, refusals, warnings);
    }

    /** Says what is wrong with the text of a file that would be a pipeline. */
    PipelineChecked check(String text) {
        PipelineYaml yaml = PipelineYaml.read(text, DependsOnRule.NONE_WHERE_OTHERS_SAY);
        Judged judged = judge(yaml);
        List<Fault> warnings = new ArrayList<>(judged.refusals());
        warnings.addAll(judged.warnings());
        return new PipelineChecked(
                yaml.pipeline() == null ? null : yaml.pipeline().name(), judged.errors(), warnings);
    }
}
