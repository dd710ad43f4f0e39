package dev.callboard.store;

import dev.callboard.problem.ProblemException;
import io.vertx.core.VertxException;
import io.vertx.pgclient.PgException;
import java.io.IOException;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;

/** What vertx-pg-client takes and gives. Of several threads. */
final class PostgresDialect implements Dialect {
    /** SQLSTATE of a connection that is there no more. */
    static final String CONNECTION_FAILURE = "08006";

    /** Statements with lists of ids have as many texts as there are lengths. */
    private static final int KEPT = 1_000;

    /** See {@link CaseFolding}: PostgreSQL makes one capital of {@code ß} unless ICU folds. */
    private static final Pattern FOLDED = Pattern.compile("UPPER\\(LOWER\\(([a-z_.]+)\\)\\)");

    private final Map<String, String> known = new ConcurrentHashMap<>();

    @Override
    public String statement(String sql) {
        String translated = known.get(sql);
        if (translated == null) {
            translated = translate(sql);
            if (known.size() < KEPT) {
                known.put(sql, translated);
            }
        }
        return translated;
    }

    /** {@code ?} becomes {@code $1}, {@code $2} and so on; those within quotes stay. */
    static String translate(String sql) {
        String folded = FOLDED.matcher(sql).replaceAll("UPPER(LOWER($1 COLLATE \"und-x-icu\") COLLATE \"und-x-icu\")");
        StringBuilder text = new StringBuilder();
        int values = 0;
        boolean quoted = false;
        for (char c : folded.toCharArray()) {
            quoted ^= c == '\'';
            if (c == '?' && !quoted) {
                text.append('$').append(++values);
            } else {
                text.append(c);
            }
        }
        return text.toString();
    }

    @Override
    public Throwable failure(Throwable cause) {
        if (cause instanceof ProblemException || cause instanceof SQLException) {
            return cause;
        }
        if (cause instanceof PgException refused) {
            return new SQLException(refused.getErrorMessage(), refused.getSqlState(), refused);
        }
        boolean connection = cause instanceof VertxException
                || cause instanceof IOException
                || cause instanceof TimeoutException
                || cause.getCause() instanceof IOException;
        return connection ? new SQLException(cause.getMessage(), CONNECTION_FAILURE, cause) : cause;
    }
}
