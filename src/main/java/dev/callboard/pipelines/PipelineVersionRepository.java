package dev.callboard.pipelines;

import dev.callboard.pipelines.PipelineMessages.VersionView;
import dev.callboard.store.Sql;
import dev.callboard.store.Transaction;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Keeps the states of pipelines. */
final class PipelineVersionRepository {
    private static final String VIEW =
            "SELECT name, revision, version, hash, media_type, deleted, source, changed_by, changed_at";

    /** The newest state of each pipeline that there ever was, by name. */
    Future<Map<String, PipelineVersion>> newest(Transaction transaction) {
        return transaction
                .execute(VIEW + ", text, file_name, depends_on_rule FROM pipeline_versions v WHERE revision = "
                        + "(SELECT MAX(w.revision) FROM pipeline_versions w WHERE w.name = v.name)")
                .map(rows -> {
                    Map<String, PipelineVersion> newest = new LinkedHashMap<>();
                    rows.forEach(row -> newest.put(row.getString("name"), version(row)));
                    return newest;
                });
    }

    private static PipelineVersion version(Row row) {
        return new PipelineVersion(
                view(row),
                row.getString("text"),
                row.getString("file_name"),
                DependsOnRule.of(row.getInteger("depends_on_rule")));
    }

    private static VersionView view(Row row) {
        return new VersionView(
                row.getString("name"),
                row.getLong("revision"),
                row.getString("version"),
                row.getString("hash"),
                row.getString("media_type"),
                row.getBoolean("deleted"),
                row.getString("source"),
                row.getString("changed_by"),
                Objects.requireNonNull(Sql.instant(row, "changed_at")));
    }

    Future<Void> insert(Transaction transaction, List<PipelineVersion> versions) {
        List<Tuple> rows = versions.stream().map(PipelineVersionRepository::row).toList();
        return transaction
                .executeBatch(
                        "INSERT INTO pipeline_versions (name, revision, version, hash, text, media_type, "
                                + "file_name, deleted, source, changed_by, changed_at, depends_on_rule) "
                                + "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                        rows)
                .mapEmpty();
    }

    private static Tuple row(PipelineVersion version) {
        VersionView view = version.view();
        return Tuple.tuple()
                .addString(view.name())
                .addLong(view.revision())
                .addString(view.version())
                .addString(view.hash())
                .addString(version.text())
                .addString(view.mediaType())
                .addString(version.fileName())
                .addBoolean(view.deleted())
                .addString(view.source())
                .addString(view.changedBy())
                .addOffsetDateTime(Sql.at(view.changedAt()))
                .addInteger(version.rule().number());
    }

    /** The states of one pipeline below a revision, newest first. */
    Future<List<VersionView>> list(Transaction transaction, String name, long below, int limit) {
        return transaction
                .execute(
                        VIEW + " FROM pipeline_versions WHERE name = ? AND revision < ? "
                                + "ORDER BY revision DESC LIMIT ?",
                        Tuple.of(name, below, limit))
                .map(rows -> {
                    List<VersionView> found = new ArrayList<>();
                    rows.forEach(row -> found.add(view(row)));
                    return found;
                });
    }

    /** One state. */
    Future<Optional<PipelineVersion>> get(Transaction transaction, String name, long revision) {
        return transaction
                .execute(
                        VIEW + ", text, file_name, depends_on_rule FROM pipeline_versions "
                                + "WHERE name = ? AND revision = ?",
                        Tuple.of(name, revision))
                .map(rows -> rows.size() == 0
                        ? Optional.empty()
                        : Optional.of(version(rows.iterator().next())));
    }
}
