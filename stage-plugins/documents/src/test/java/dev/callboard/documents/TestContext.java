package dev.callboard.documents;

import dev.callboard.spi.Stage;
import dev.callboard.spi.StageRegistration;
import dev.callboard.spi.testing.RecordingStageContext;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** A task with inputs, on which the plugin's stages run one after the other as the engine would run them. */
class TestContext extends RecordingStageContext {
    TestContext file(String name, byte[] bytes) {
        file(name, "application/octet-stream", bytes);
        return this;
    }

    TestContext file(String name, String text) {
        return file(name, text.getBytes(StandardCharsets.UTF_8));
    }

    TestContext address(String url) {
        input(Map.of("url", url, "name", "page"));
        return this;
    }

    TestContext with(String setting, Object value) {
        setting(setting, value);
        return this;
    }

    /** Runs stages in order; the first has the task's input, each other the output of the one before. */
    Object run(String... stages) throws Exception {
        Object output = inputs();
        for (String stage : stages) {
            output = stage(stage).execute(this, output);
        }
        return output;
    }

    Object runOn(Object input, String... stages) throws Exception {
        Object output = input;
        for (String stage : stages) {
            output = stage(stage).execute(this, output);
        }
        return output;
    }

    @SuppressWarnings("unchecked")
    Map<String, Object> document() throws Exception {
        return (Map<String, Object>) run("ingest", "parse", "ir-validation");
    }

    @SuppressWarnings("unchecked")
    static List<Map<String, Object>> list(Object value) {
        return (List<Map<String, Object>>) value;
    }

    static Stage stage(String type) {
        for (StageRegistration registration : new DocumentsPlugin().stages()) {
            if (registration.metadata().stageType().equals(type)) {
                return registration.factory().get();
            }
        }
        throw new IllegalArgumentException("no stage " + type);
    }

    /** Stricter than a server, which takes more than all for all. */
    @Override
    public void progress(long done, long total, String message) {
        if (done > total) {
            throw new IllegalStateException("progress " + done + " of " + total);
        }
        super.progress(done, total, message);
    }
}
