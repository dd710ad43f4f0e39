package dev.callboard.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callboard.spi.StageContext;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;

/** What the code of a stage finds on its thread, whatever ran before it. */
class StageThreadsTest extends TaskServerFixture {
    private static final ThreadLocal<String> LEFT = new ThreadLocal<>();
    private final Map<String, Map<String, Object>> found = new ConcurrentHashMap<>();

    private Object look(StageContext context) {
        Thread thread = Thread.currentThread();
        Map<String, Object> seen = new LinkedHashMap<>();
        seen.put("name", thread.getName());
        seen.put("loader", thread.getContextClassLoader() == getClass().getClassLoader());
        seen.put("interrupted", thread.isInterrupted());
        seen.put("local", LEFT.get() != null);
        seen.put("stray", MDC.get("stray") != null);
        seen.put("scope", context.idempotencyKey().equals(MDC.get("execution")));
        found.put(context.stageName(), seen);
        LEFT.set("left");
        MDC.put("stray", "left");
        thread.setName("another");
        thread.setContextClassLoader(ClassLoader.getPlatformClassLoader());
        thread.interrupt();
        return 1;
    }

    @Test
    void nothingOfAnEarlierStageIsLeftOnTheThread() throws IOException {
        server.stage("a", (context, input) -> look(context))
                .stage("b", (context, input) -> look(context))
                .stage("c", (context, input) -> look(context))
                .chain("p", "a", "b", "c")
                .start();
        server.until(server.run("p").id(), "completed");
        for (String stage : new String[] {"a", "b", "c"}) {
            assertThat(found.get(stage))
                    .as(stage)
                    .isEqualTo(Map.of(
                            "name",
                            "stage-" + stage,
                            "loader",
                            true,
                            "interrupted",
                            false,
                            "local",
                            false,
                            "stray",
                            false,
                            "scope",
                            true));
        }
    }
}
