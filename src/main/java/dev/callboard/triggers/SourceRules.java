package dev.callboard.triggers;

import dev.callboard.config.SourcesConfig;
import dev.callboard.expressions.Expressions;
import dev.callboard.pipelines.EndRules;
import dev.callboard.pipelines.Pipeline;
import dev.callboard.pipelines.SourceConfig;
import dev.callboard.pipelines.SourceConfig.Folder;
import dev.callboard.pipelines.SourceConfig.Webhook;
import dev.callboard.problem.Violation;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What this server makes of the sources of a pipeline. */
public final class SourceRules implements EndRules {
    private final SourcesConfig config;
    private final Expressions expressions;

    /** Names what it asks. */
    public SourceRules(SourcesConfig config, Expressions expressions) {
        this.config = config;
        this.expressions = expressions;
    }

    @Override
    public Found check(Pipeline pipeline) {
        List<Violation> errors = new ArrayList<>();
        List<Violation> warnings = new ArrayList<>();
        for (int i = 0; i < pipeline.sources().size(); i++) {
            String name = "the source '" + pipeline.sources().get(i).name() + "' ";
            String pointer = "/sources/" + i + "/config/";
            SourceConfig source = pipeline.sources().get(i).config();
            if (source instanceof Folder folder) {
                config.refusal(Path.of(folder.path()))
                        .ifPresent(reason -> warnings.add(new Violation(pointer + "path", name + reason)));
            } else if (source instanceof Webhook webhook && !webhook.input().equals(Webhook.BODY)) {
                expressions
                        .fault(webhook.input())
                        .ifPresent(fault -> errors.add(new Violation(pointer + "input", fault)));
            }
        }
        return new Found(errors, List.of(), warnings);
    }
}
