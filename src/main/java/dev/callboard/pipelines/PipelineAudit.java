package dev.callboard.pipelines;

import dev.callboard.audit.AuditEntry;
import dev.callboard.audit.AuditEntry.Target;
import dev.callboard.bus.Caller;
import dev.callboard.json.Json;
import dev.callboard.spi.Plural;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The entries of the audit log about pipelines: how they change, and which of their stages override what their types say. */
final class PipelineAudit {
    private PipelineAudit() {}

    /** A pipeline was removed. */
    static AuditEntry removed(Caller caller, String name, Instant at) {
        return AuditEntry.by(caller, "pipeline.removed", Target.named(name), "", at);
    }

    /** A pipeline that is new, with all that it says: its overrides are part of it. */
    static AuditEntry added(Caller caller, String name, Pipeline pipeline, String hash, Instant at) {
        return AuditEntry.by(caller, "pipeline.added", Target.named(name), describe(pipeline, hash), at);
    }

    /** A pipeline that is another than before, and the overrides that are. */
    static List<AuditEntry> changed(
            Caller caller, String name, Optional<Pipeline> before, Pipeline pipeline, String hash, Instant at) {
        List<AuditEntry> entries = new ArrayList<>();
        entries.add(AuditEntry.by(caller, "pipeline.changed", Target.named(name), describe(pipeline, hash), at));
        for (StageTemplate stage : pipeline.stages()) {
            Map<String, Object> old = before.flatMap(then -> then.stage(stage.name()))
                    .map(StageTemplate::metadataOverrides)
                    .orElse(Map.of());
            if (!stage.metadataOverrides().equals(old)) {
                entries.add(AuditEntry.by(
                        caller,
                        "override.set",
                        Target.named(name + "/" + stage.name()),
                        stage.type() + " " + Json.write(stage.metadataOverrides()),
                        at));
            }
        }
        return entries;
    }

    private static String describe(Pipeline pipeline, String hash) {
        return "version " + pipeline.version() + ", " + count(pipeline) + ", sha256 " + hash;
    }

    private static String count(Pipeline pipeline) {
        int stages = pipeline.stages().size();
        return Plural.of(stages, "stage");
    }
}
