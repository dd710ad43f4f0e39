package dev.callboard.download;

import dev.callboard.spi.StageFailure;
import dev.callboard.spi.testing.RecordingStageContext;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** A task for which the stage runs with a clock that only waiting moves; this machine may be reached at 127.0.0.1. */
final class TestContext extends RecordingStageContext {
    final List<Duration> waits = new CopyOnWriteArrayList<>();

    TestContext() {
        operator("allow", List.of("127.0.0.1/32"));
    }

    TestContext with(String setting, Object value) {
        setting(setting, value);
        return this;
    }

    TestContext operator(String setting, Object value) {
        pluginSetting(setting, value);
        return this;
    }

    Map<?, ?> run() throws Exception {
        return run(inputs());
    }

    Map<?, ?> run(Object input) throws Exception {
        DownloadStage stage = new DownloadStage(InetAddress::getAllByName, this::now, this::pause);
        return (Map<?, ?>) stage.execute(this, input);
    }

    void pause(Duration time) {
        waits.add(time);
        now(now().plus(time));
    }

    /** Runs it with one address and gives the one file. */
    Map<?, ?> file(String url) throws Exception {
        return files(with("urls", List.of(url)).run()).get(0);
    }

    /** Runs it with one address, which must fail, and gives the one error. */
    Map<?, ?> error(String url) throws Exception {
        Map<?, ?> output =
                with("urls", List.of(url)).with("on_error", "continue").run();
        if (!files(output).isEmpty() || blobs().count() > 0) {
            throw new AssertionError("a file was kept: " + output);
        }
        return maps(output.get("errors")).get(0);
    }

    StageFailure failure() throws Exception {
        try {
            throw new AssertionError("nothing failed: " + run());
        } catch (StageFailure failure) {
            return failure;
        }
    }

    String text(Map<?, ?> file) throws Exception {
        return new String(blobs().open((String) file.get("blob")).readAllBytes(), StandardCharsets.UTF_8);
    }

    static List<Map<?, ?>> files(Map<?, ?> output) {
        return maps(output.get("files"));
    }

    @SuppressWarnings("unchecked")
    static List<Map<?, ?>> maps(Object value) {
        return (List<Map<?, ?>>) value;
    }

    @Override
    public String stageName() {
        return "download";
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
