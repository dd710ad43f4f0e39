package dev.callboard.documents.search;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callboard.documents.search.Shelf.Doc;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tasks and questions of one process at the same time. */
class SearchAtOnceTest {
    private static final int TASKS = 4;
    private static final int DOCUMENTS = 6;

    @TempDir
    Path folder;

    @Test
    void tasksAndQuestionsDoNotDisturbEachOther() throws Exception {
        Shelf shelf = new Shelf(folder);
        AtomicInteger left = new AtomicInteger(TASKS);
        ExecutorService threads = Executors.newFixedThreadPool(TASKS + 2);
        try {
            List<Future<?>> running = new ArrayList<>();
            for (int task = 0; task < TASKS; task++) {
                String name = "t" + task;
                running.add(threads.submit(() -> {
                    try {
                        for (int i = 0; i < DOCUMENTS; i++) {
                            List<Doc> docs = List.of(Doc.of(name + "-" + i, "One goat.", "Two goats."));
                            new IndexStage().execute(shelf.context(), Shelf.chunks(docs));
                        }
                    } finally {
                        left.decrementAndGet();
                    }
                    return null;
                }));
            }
            for (int asking = 0; asking < 2; asking++) {
                running.add(threads.submit(() -> {
                    int found = 0;
                    while (left.get() > 0) {
                        int now = shelf.found("goat").size();
                        assertThat(now).as("nothing is lost").isGreaterThanOrEqualTo(found);
                        found = now;
                    }
                    return null;
                }));
            }
            for (Future<?> each : running) {
                each.get(2, TimeUnit.MINUTES);
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(shelf.ask("goat")).containsEntry("total", TASKS * DOCUMENTS * 2);
    }
}
