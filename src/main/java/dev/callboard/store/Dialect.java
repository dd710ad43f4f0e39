package dev.callboard.store;

/** What is different from database to database, seen through Vert.x's SQL clients. */
interface Dialect {
    /** HSQLDB's. */
    Dialect PLAIN = new Dialect() {
        @Override
        public String statement(String sql) {
            return sql;
        }

        @Override
        public Throwable failure(Throwable cause) {
            return cause;
        }
    };

    /** A statement with {@code ?} as this database understands it. */
    String statement(String sql);

    /** A failure of a statement; those of the database or of the way to it are {@link java.sql.SQLException}s. */
    Throwable failure(Throwable cause);
}
