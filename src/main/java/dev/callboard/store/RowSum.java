package dev.callboard.store;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Rows in any order: their number, and the sum of the SHA-256 of each. Two of the same sum have the same rows. */
final class RowSum {
    private static final BigInteger MODULUS = BigInteger.ONE.shiftLeft(256);

    private final MessageDigest digest;
    private BigInteger sum = BigInteger.ZERO;
    private long rows;
    private long changed;

    RowSum() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    long rows() {
        return rows;
    }

    /** In how many a text had NUL. */
    long changed() {
        return changed;
    }

    /** Adds the row that a result is at; its values, without NUL in texts. */
    List<@Nullable Object> add(ResultSet result, int columns) throws SQLException {
        List<@Nullable Object> values = new ArrayList<>(columns);
        StringBuilder text = new StringBuilder();
        boolean nul = false;
        for (int column = 1; column <= columns; column++) {
            Object value = value(result, column);
            if (value instanceof String said && said.indexOf('\0') >= 0) {
                value = said.replace('\0', '\uFFFD');
                nul = true;
            }
            values.add(value);
            String written = written(value);
            // With its length before it, no value can pass for two.
            text.append(written.length()).append(':').append(written);
        }
        sum = sum.add(new BigInteger(1, digest.digest(text.toString().getBytes(StandardCharsets.UTF_8))))
                .mod(MODULUS);
        rows++;
        changed += nul ? 1 : 0;
        return values;
    }

    private static @Nullable Object value(ResultSet result, int column) throws SQLException {
        int type = result.getMetaData().getColumnType(column);
        return type == java.sql.Types.TIMESTAMP || type == java.sql.Types.TIMESTAMP_WITH_TIMEZONE
                ? result.getObject(column, OffsetDateTime.class)
                : result.getObject(column);
    }

    private static String written(@Nullable Object value) {
        if (value == null) {
            return "-";
        }
        String kind = value instanceof Number ? "#" : value instanceof Boolean ? "?" : "=";
        return kind + (value instanceof OffsetDateTime time ? time.toInstant() : value);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof RowSum that && rows == that.rows && sum.equals(that.sum);
    }

    @Override
    public int hashCode() {
        return Objects.hash(sum, rows);
    }

    @Override
    public String toString() {
        return rows + " rows, sum " + sum.toString(16);
    }
}
