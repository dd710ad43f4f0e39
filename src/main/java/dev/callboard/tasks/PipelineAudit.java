package dev.callboard.tasks;

import dev.callboard.audit.AuditEntry;
import dev.callboard.audit.AuditRepository;
import dev.callboard.bus.Caller;
import dev.callboard.json.Json;
import dev.callboard.model.Pipeline;
import dev.callboard.model.StageTemplate;
import dev.callboard.store.Database;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Tells the audit log how the served pipelines change, and which of their stages override what their types say. What the
 * log was told last is read from the log itself, so that edits while the server was stopped are not missed.
 */
final class PipelineAudit {
    private static final Caller FILE = new Caller("unknown", "file");
    private static final Pattern HASH = Pattern.compile("sha256 ([0-9a-f]{64})");
    private static final int ROWS = 500;

    private final Database database;
    private final AuditRepository audit;
    private final Clock clock;
    private Map<String, String> told = new HashMap<>();
    private boolean read;

    PipelineAudit(Database database, AuditRepository audit, Clock clock) {
        this.database = database;
        this.audit = audit;
        this.clock = clock;
    }

    /** These are served now; what could not be stored is told with the next look. */
    Future<Void> look(List<PipelineFile> files) {
        return (read ? Future.<Void>succeededFuture() : readTold()).compose(known -> {
            List<AuditEntry> entries = new ArrayList<>();
            Map<String, String> now = new HashMap<>();
            Instant at = clock.instant();
            for (PipelineFile file : files) {
                Pipeline pipeline = file.pipeline();
                if (pipeline != null) {
                    String hash = TaskRepository.sha256(Json.write(pipeline));
                    now.put(file.name(), hash);
                    if (!hash.equals(told.get(file.name()))) {
                        entries.addAll(changed(FILE, !told.containsKey(file.name()), pipeline, hash, at));
                    }
                }
            }
            told.keySet().stream()
                    .filter(name -> !now.containsKey(name))
                    .forEach(gone -> entries.add(AuditEntry.by(FILE, "pipeline.removed", gone, "", at)));
            return entries.isEmpty()
                    ? Future.succeededFuture()
                    : database.write(connection -> audit.add(connection, entries))
                            .onSuccess(stored -> told = now);
        });
    }

    private static List<AuditEntry> changed(Caller caller, boolean isNew, Pipeline pipeline, String hash, Instant at) {
        List<AuditEntry> entries = new ArrayList<>();
        String detail =
                "version " + pipeline.version() + ", " + pipeline.stages().size() + " stages, sha256 " + hash;
        entries.add(AuditEntry.by(caller, isNew ? "pipeline.added" : "pipeline.changed", pipeline.name(), detail, at));
        for (StageTemplate stage : pipeline.stages()) {
            if (!stage.metadataOverrides().isEmpty()) {
                entries.add(AuditEntry.by(
                        caller,
                        "override.set",
                        pipeline.name() + "/" + stage.name(),
                        stage.type() + " " + Json.write(stage.metadataOverrides()),
                        at));
            }
        }
        return entries;
    }

    private Future<Void> readTold() {
        return audit.page(new AuditRepository.Query("pipeline.", null, null, null, ROWS))
                .map(page -> {
                    Map<String, String> last = new HashMap<>();
                    for (AuditEntry entry : page.entries()) {
                        Matcher hash = HASH.matcher(entry.detail());
                        last.putIfAbsent(entry.subject(), hash.find() ? hash.group(1) : "");
                    }
                    last.values().removeIf(String::isEmpty);
                    told = last;
                    read = true;
                    return null;
                });
    }
}
