package dev.callboard.testing;

import dev.callboard.store.Database;
import io.vertx.core.Future;

/** A trigger with which a database of a test refuses rows of a table. */
public final class RefusedRows {
    /** How the database says that it has no room, as a message that the server knows. */
    public static final String NO_ROOM = "No space left on device";

    private final Database database;
    private final String table;

    private RefusedRows(Database database, String table) {
        this.database = database;
        this.table = table;
    }

    /**
     * Rows are refused from now on.
     *
     * @param event such as {@code BEFORE INSERT}
     * @param condition of a row that is refused; its columns are those of {@code refused_row}
     * @param message with which it is
     */
    public static RefusedRows of(Database database, String event, String table, String condition, String message) {
        RefusedRows made = new RefusedRows(database, table);
        if (Databases.onPostgres()) {
            made.run("CREATE FUNCTION refuse_row() RETURNS trigger LANGUAGE plpgsql AS $f$ DECLARE refused_row "
                    + table + "%ROWTYPE; BEGIN refused_row := NEW; IF " + condition
                    + " THEN RAISE EXCEPTION '" + message + "'; END IF; RETURN NEW; END $f$");
            made.run(
                    "CREATE TRIGGER refused " + event + " ON " + table + " FOR EACH ROW EXECUTE FUNCTION refuse_row()");
        } else {
            made.run("CREATE TRIGGER refused " + event + " ON " + table
                    + " REFERENCING NEW ROW AS refused_row FOR EACH ROW WHEN (" + condition
                    + ") SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = '" + message + "'");
        }
        return made;
    }

    /** They are taken again; fails while the database takes no writes. */
    public void end() {
        if (Databases.onPostgres()) {
            run("DROP TRIGGER IF EXISTS refused ON " + table);
            run("DROP FUNCTION IF EXISTS refuse_row()");
        } else {
            run("DROP TRIGGER refused");
        }
    }

    private void run(String statement) {
        Future<Void> done =
                database.write(transaction -> transaction.execute(statement).mapEmpty());
        done.toCompletionStage().toCompletableFuture().join();
    }
}
