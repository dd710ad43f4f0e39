package dev.callboard.engine;

import dev.callboard.engine.ExecutionMessages.LogReply;
import dev.callboard.engine.LogMessages.LogHits;
import dev.callboard.engine.LogMessages.SearchLog;
import dev.callboard.store.CaseFolding;
import dev.callboard.store.Sql;
import dev.callboard.store.Transaction;
import dev.callboard.taskmodel.LogLine;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Reads the log lines of attempts. The log of an attempt is bounded, so that searching one has an end. */
public final class LogLineRepository {
    static final String INSERT =
            "INSERT INTO execution_log_lines (execution_id, seq, logged_at, level, text) VALUES (?, ?, ?, ?, ?)";

    private static final String LINES = "SELECT seq, logged_at, level, text FROM execution_log_lines ";
    private static final String HITS = "WHERE execution_id = ? AND " + CaseFolding.sql("text") + " LIKE ? ESCAPE '!' ";

    /** A line as it is inserted. */
    static Tuple row(String executionId, LogLine line) {
        return Tuple.of(executionId, line.seq(), Sql.at(line.at()), line.level(), line.text());
    }

    /** Adds lines of an attempt, whose numbers are new. */
    public Future<Void> add(Transaction transaction, String executionId, List<LogLine> lines) {
        return Sql.each(
                transaction,
                INSERT,
                lines.stream().map(line -> row(executionId, line)).toList());
    }

    /** The number of the last stored line of an attempt, 0 when there is none. */
    public Future<Long> last(Transaction transaction, String executionId) {
        return transaction
                .execute(
                        "SELECT COALESCE(MAX(seq), 0) AS seq FROM execution_log_lines WHERE execution_id = ?",
                        Tuple.of(executionId))
                .map(rows -> rows.iterator().next().getLong("seq"));
    }

    /** Log lines after a number, in order, and the number of the last one when there are more; none for an unknown attempt. */
    public Future<LogReply> page(Transaction transaction, String id, long after, int limit) {
        return transaction
                .execute(
                        LINES + "WHERE execution_id = ? AND seq > ? ORDER BY seq LIMIT ?",
                        Tuple.of(id, after, limit + 1))
                .map(rows -> {
                    List<LogLine> lines = lines(rows);
                    boolean more = lines.size() > limit;
                    List<LogLine> shown = more ? lines.subList(0, limit) : lines;
                    return new LogReply(
                            shown, more ? shown.get(shown.size() - 1).seq() : null);
                });
    }

    /** The last log lines, oldest first; none for an unknown attempt. */
    public Future<List<LogLine>> lastLines(Transaction transaction, String id, int count) {
        return transaction
                .execute(LINES + "WHERE execution_id = ? ORDER BY seq DESC LIMIT ?", Tuple.of(id, count))
                .map(rows -> {
                    List<LogLine> lines = lines(rows);
                    Collections.reverse(lines);
                    return lines;
                });
    }

    private static List<LogLine> lines(RowSet<Row> rows) {
        List<LogLine> lines = new ArrayList<>();
        rows.forEach(row -> lines.add(new LogLine(
                row.getLong("seq"),
                row.getOffsetDateTime("logged_at").toInstant(),
                row.getString("level"),
                row.getString("text"))));
        return lines;
    }

    /** The lines that contain a text. */
    public Future<LogHits> search(Transaction transaction, SearchLog ask) {
        String pattern = Sql.contains(ask.text());
        return transaction
                .execute("SELECT seq FROM execution_log_lines " + HITS + "ORDER BY seq", Tuple.of(ask.id(), pattern))
                .compose(rows -> {
                    List<Long> seqs = new ArrayList<>();
                    rows.forEach(row -> seqs.add(row.getLong("seq")));
                    return transaction
                            .execute(
                                    LINES + HITS + "AND seq > ? ORDER BY seq LIMIT ?",
                                    Tuple.of(ask.id(), pattern, ask.after(), ask.limit()))
                            .map(found -> hits(lines(found), seqs));
                });
    }

    private static LogHits hits(List<LogLine> lines, List<Long> seqs) {
        long last = lines.isEmpty() ? 0 : lines.get(lines.size() - 1).seq();
        boolean more = !lines.isEmpty() && last < seqs.get(seqs.size() - 1);
        return new LogHits(lines, more ? last : null, seqs);
    }
}
