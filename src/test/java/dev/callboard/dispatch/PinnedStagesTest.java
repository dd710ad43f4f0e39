package dev.callboard.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callboard.palette.EntryType;
import dev.callboard.palette.Origin;
import dev.callboard.palette.StageCode;
import dev.callboard.palette.StageResolver;
import dev.callboard.palette.StageResolver.Resolved;
import dev.callboard.testing.PaletteEntries;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A task goes on with the stages that it started with. */
class PinnedStagesTest {
    private final Map<String, Resolved> palette = new HashMap<>();
    private final StageResolver resolver = type -> Optional.ofNullable(palette.get(type));

    /** How often the code of a stage is held. */
    private static final class Counted implements StageCode {
        private int holds;

        @Override
        public boolean hold() {
            holds++;
            return true;
        }

        @Override
        public void release() {
            holds--;
        }
    }

    private Counted shown(String type) {
        Counted code = new Counted();
        palette.put(
                type, new Resolved(PaletteEntries.java(type, EntryType.STAGE, Origin.PLUGIN), null, Map.of(), code));
        return code;
    }

    @Test
    void aTaskKeepsTheStagesThatItStartedWith(@TempDir Path dir) throws Exception {
        CountDownLatch began = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        try (TaskServer server = new TaskServer(dir)
                .stage("first", (context, input) -> {
                    began.countDown();
                    goOn.await();
                    return 1;
                })
                .stage("second", (context, input) -> "old")
                .chain("p", "first", "second")
                .start()) {
            String id = server.run("p").id();
            began.await();
            server.stage("second", (context, input) -> "new");
            goOn.countDown();
            server.until(id, "completed");
            assertThat(server.executions(id).get(1).output()).isEqualTo("old");
            String next = server.until(server.run("p").id(), "completed").id();
            assertThat(server.executions(next).get(1).output()).isEqualTo("new");
        } finally {
            goOn.countDown();
        }
    }

    @Test
    void theCodeIsHeldOnceAndReleasedAtTheEnd() {
        Counted first = shown("a");
        PinnedStages kept = new PinnedStages(resolver);
        kept.keep("t1", List.of("a", "unknown"));
        kept.keep("t1", List.of("a", "unknown"));
        kept.keep("t2", List.of("a"));
        assertThat(first.holds).isEqualTo(2);
        Counted second = shown("a");
        kept.keep("t1", List.of("a"));
        assertThat(second.holds).isZero();
        kept.drop("t1");
        assertThat(first.holds).isEqualTo(1);
        assertThat(kept.find("t1", "a")).isNull();
        assertThat(kept.find("t2", "a")).isNotNull();
        kept.drop("t2");
        kept.drop("t2");
        assertThat(first.holds).isZero();
    }

    @Test
    void whatIsBeingLoadedIsKeptLater() {
        palette.put("a", Resolved.loading(PaletteEntries.java("a", EntryType.STAGE, Origin.PLUGIN)));
        PinnedStages kept = new PinnedStages(resolver);
        kept.keep("t", List.of("a"));
        assertThat(kept.find("t", "a")).isNull();
        Counted loaded = shown("a");
        kept.keep("t", List.of("a"));
        assertThat(kept.find("t", "a")).isSameAs(palette.get("a"));
        assertThat(loaded.holds).isEqualTo(1);
    }
}
