package dev.callboard.tasks;

import dev.callboard.audit.AuditEntry;
import dev.callboard.bus.Caller;
import dev.callboard.json.Json;
import dev.callboard.model.Pipeline;
import dev.callboard.model.StageTemplate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What the audit log is told of pipelines: how they change, and which of their stages override what their types say. */
final class PipelineAudit {
    private PipelineAudit() {}

    /** A pipeline is gone. */
    static AuditEntry removed(Caller caller, String name, Instant at) {
        return AuditEntry.by(caller, "pipeline.removed", name, "", at);
    }

    /** A pipeline is new or another than before, and so are its overrides. */
    static List<AuditEntry> stored(
            Caller caller, String name, Pipeline pipeline, boolean isNew, String hash, Instant at) {
        List<AuditEntry> entries = new ArrayList<>();
        String detail =
                "version " + pipeline.version() + ", " + pipeline.stages().size() + " stages, sha256 " + hash;
        entries.add(AuditEntry.by(caller, isNew ? "pipeline.added" : "pipeline.changed", name, detail, at));
        for (StageTemplate stage : pipeline.stages()) {
            if (!stage.metadataOverrides().isEmpty()) {
                entries.add(AuditEntry.by(
                        caller,
                        "override.set",
                        name + "/" + stage.name(),
                        stage.type() + " " + Json.write(stage.metadataOverrides()),
                        at));
            }
        }
        return entries;
    }
}
