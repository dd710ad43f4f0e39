package dev.callboard.store;

import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;

/** Writes for as long as it lives and prints the number of each write that was acknowledged. Started by {@link CrashTest}. */
final class CrashingWriter {
    private static final int WRITERS = 8;

    private CrashingWriter() {}

    public static void main(String[] arguments) {
        Vertx vertx = Vertx.vertx();
        AtomicInteger next = new AtomicInteger();
        Database.open(vertx, DataFolder.open(Path.of(arguments[0])))
                .onSuccess(database -> {
                    for (int i = 0; i < WRITERS; i++) {
                        writeForever(database, next);
                    }
                })
                .onFailure(Throwable::printStackTrace);
    }

    private static void writeForever(Database database, AtomicInteger next) {
        int id = next.incrementAndGet();
        database.write(transaction -> DatabaseTest.insert(transaction, id)).onSuccess(ignored -> {
            System.out.println(id + ";");
            writeForever(database, next);
        });
    }
}
