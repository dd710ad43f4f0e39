package dev.callboard.pipelines;

import dev.callboard.palette.SecretSource;
import dev.callboard.palette.StageResolver;
import dev.callboard.problem.Violation;
import java.util.ArrayList;
import java.util.List;

/** What a rule says of a pipeline. */
record PipelineFinding(Kind kind, Violation violation) {
    /** What follows from it. */
    enum Kind {
        /** The pipeline cannot be used. */
        ERROR,
        /** It can never work: what is stored from now on must not have it, a file that is there already is warned of it. */
        REFUSAL,
        /** It would not run at the moment. */
        UNAVAILABLE,
        /** It may be a mistake. */
        WARNING
    }

    /** The rules of pipelines, by the palette, the plugins, the secrets, the sources and the sinks as they are now. */
    record Rules(StageResolver resolver, PluginCatalog plugins, SecretSource secrets, EndRules ends) {
        /** What can be said of a pipeline of which only a part could be read. */
        List<PipelineFinding> ofPart(Pipeline pipeline) {
            List<PipelineFinding> found = new ArrayList<>();
            PipelineRules.Checked checked = PipelineRules.check(pipeline, resolver, plugins);
            add(found, Kind.ERROR, checked.errors());
            add(found, Kind.UNAVAILABLE, PipelineRules.missing(pipeline, plugins));
            add(found, Kind.UNAVAILABLE, checked.unavailable());
            add(found, Kind.WARNING, checked.unchecked());
            return found;
        }

        /** What is to be said beside that of a whole pipeline. */
        List<PipelineFinding> ofWhole(Pipeline pipeline) {
            List<PipelineFinding> found = new ArrayList<>();
            add(found, Kind.ERROR, PipelineRules.lacking(pipeline, resolver));
            PortRules.Checked ports = PortRules.check(pipeline, resolver);
            add(found, Kind.ERROR, ports.unknown());
            add(found, Kind.REFUSAL, ports.ambiguous());
            add(found, pipeline.strict() ? Kind.ERROR : Kind.WARNING, ports.mismatches());
            add(found, Kind.WARNING, InputlessStarts.check(pipeline, resolver));
            add(found, Kind.WARNING, SecretRules.missing(pipeline, resolver, secrets));
            EndRules.Found atEnds = ends.check(pipeline);
            add(found, Kind.ERROR, atEnds.errors());
            add(found, Kind.REFUSAL, atEnds.refusals());
            add(found, Kind.WARNING, atEnds.warnings());
            return found;
        }

        private static void add(List<PipelineFinding> found, Kind kind, List<Violation> violations) {
            violations.forEach(violation -> found.add(new PipelineFinding(kind, violation)));
        }
    }
}
