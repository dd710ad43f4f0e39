package dev.callboard.tasks;

import dev.callboard.audit.AuditEntry;
import dev.callboard.bus.Caller;
import dev.callboard.json.Json;
import dev.callboard.model.Pipeline;
import dev.callboard.model.StageTemplate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the audit log is told of pipelines: how they change, and which of their stages override what their types say. */
final class PipelineAudit {
    private static final Caller FILE = new Caller("unknown", "file");

    private PipelineAudit() {}

    /** Who changes pipelines now: a request, or somebody who edits files. */
    static Caller caller(@Nullable String actor) {
        if (actor == null) {
            return FILE;
        }
        Caller current = Caller.current();
        return current.name().equals(actor) ? current : new Caller(actor, "api");
    }

    /**
     * A pipeline was added, changed or removed.
     *
     * @param pipeline null when it was removed
     */
    static List<AuditEntry> entries(
            Caller caller, String name, @Nullable Pipeline pipeline, boolean isNew, String hash, Instant at) {
        if (pipeline == null) {
            return List.of(AuditEntry.by(caller, "pipeline.removed", name, "", at));
        }
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
