package dev.callboard.download;

import dev.callboard.download.net.Transport;
import dev.callboard.spi.Stage;
import dev.callboard.spi.StageContext;
import dev.callboard.spi.StageFailure;
import dev.callboard.spi.net.HostLookup;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;

/**
 * Fetches files from http and https addresses into the content store.
 *
 * <p>Output: {@code {files: [{url, blob, sha256, size, media_type, name, final_url, attempts}], errors: [{url, code, detail,
 * status?, attempts}]}}; files of the task's input stand first in {@code files}, as they are. Ledger: {@code downloads}
 * ({@code {total, ok, failed}}) and {@code download_errors} (at most 20 of {@code {url, code}}).
 *
 * <p>Settings, with their defaults and limits: README.md. Failures: {@code no_input}, {@code invalid_input},
 * {@code invalid_settings}, {@code invalid_plugin_settings}, {@code too_many_files}, and {@code download_failed}, which may
 * be tried again when every single failure may, and then not before all of the servers that asked to wait are ready.
 */
public final class DownloadStage implements Stage {
    private static final int ERRORS_IN_LEDGER = 20;
    private static final int ERRORS_IN_SENTENCE = 5;

    private final HostLookup lookup;
    private final InstantSource clock;
    private final Waiting waiting;

    /** With the system's resolver and clock. */
    public DownloadStage() {
        this(InetAddress::getAllByName, InstantSource.system(), time -> Thread.sleep(time.toMillis()));
    }

    /** @param clock what servers mean that say until when to wait; the stage's own time is the context's */
    DownloadStage(HostLookup lookup, InstantSource clock, Waiting waiting) {
        this.lookup = lookup;
        this.clock = clock;
        this.waiting = waiting;
    }

    @Override
    public Object execute(StageContext context, Object input) throws Exception {
        DownloadSettings settings = DownloadSettings.from(context.settings());
        OperatorSettings operator = OperatorSettings.from(context.pluginSettings(), context.network());
        List<Wanted> wanted = Sources.of(context, input);
        List<Object> files = new ArrayList<>();
        if (settings.passFiles()) {
            context.inputs().stream()
                    .filter(item -> item.get("blob") instanceof String)
                    .forEach(files::add);
        }
        requireSome(wanted, files, context, settings);
        if (wanted.isEmpty()) {
            AddressAsText.refuse(context);
        }
        List<Outcome> outcomes = wanted.isEmpty() ? List.of() : fetch(context, settings, operator, wanted);
        outcomes.stream().filter(Outcome::ok).map(Outcome::entry).forEach(files::add);
        List<Outcome> failed = outcomes.stream().filter(each -> !each.ok()).toList();
        if (settings.failing() && !failed.isEmpty()) {
            throw failure(failed, outcomes.size());
        }
        writeLedger(context, outcomes.size(), failed);
        Map<String, Object> output = new LinkedHashMap<>();
        output.put("files", files);
        output.put("errors", failed.stream().map(Outcome::entry).toList());
        return output;
    }

    private static void requireSome(
            List<Wanted> wanted, List<Object> files, StageContext context, DownloadSettings settings)
            throws StageFailure {
        if (wanted.size() > settings.maxFiles()) {
            throw StageFailure.permanent(
                    "too_many_files",
                    "There are " + wanted.size() + " addresses; this stage fetches at most " + settings.maxFiles()
                            + " (setting max_files).");
        }
        boolean from = context.settings().get("from") instanceof String path && !path.isBlank();
        if (wanted.isEmpty() && files.isEmpty() && !from) {
            throw StageFailure.permanent(
                    "no_input", "There is nothing to download: give the task an address, or set urls or from.");
        }
    }

    private List<Outcome> fetch(
            StageContext context, DownloadSettings settings, OperatorSettings operator, List<Wanted> wanted)
            throws InterruptedException, IOException {
        Path folder = Files.createTempDirectory("callboard-download-");
        try (Transport transport = new Transport(
                operator.rules(),
                context.outbound(),
                lookup,
                operator.userAgent(),
                operator.connectTimeout(),
                operator.idleTimeout(),
                settings.concurrency())) {
            Budget budget = new Budget(settings.maxTotalBytes());
            Queue<String> lines = new ConcurrentLinkedQueue<>();
            Instant deadline = context.deadline().orElse(Instant.MAX);
            List<Transfer> transfers = new ArrayList<>();
            for (Wanted each : wanted) {
                Path path = folder.resolve(String.valueOf(transfers.size()));
                transfers.add(new Transfer(
                        each, settings, transport, budget, path, clock, context::now, waiting, deadline, lines::add));
            }
            return new Batch(context, budget, lines).run(transfers, settings.concurrency());
        } finally {
            delete(folder);
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> left = Files.list(folder)) {
            for (Path path : left.toList()) {
                Files.deleteIfExists(path);
            }
        }
        Files.deleteIfExists(folder);
    }

    private static void writeLedger(StageContext context, int total, List<Outcome> failed) {
        context.writeLedger("downloads", Map.of("total", total, "ok", total - failed.size(), "failed", failed.size()));
        context.writeLedger(
                "download_errors",
                failed.stream()
                        .limit(ERRORS_IN_LEDGER)
                        .map(each -> Map.of(
                                "url",
                                each.wanted().shown(),
                                "code",
                                each.entry().get("code")))
                        .toList());
    }

    private static StageFailure failure(List<Outcome> failed, int total) {
        StringBuilder sentence = new StringBuilder();
        if (total > 1) {
            sentence.append(failed.size()).append(" of ").append(total).append(" files could not be fetched. ");
        }
        sentence.append(String.join(
                " ",
                failed.stream().limit(ERRORS_IN_SENTENCE).map(Outcome::sentence).toList()));
        if (failed.size() > ERRORS_IN_SENTENCE) {
            sentence.append(" And ").append(failed.size() - ERRORS_IN_SENTENCE).append(" more, see the log.");
        }
        return failed.stream().allMatch(Outcome::passing)
                ? StageFailure.retryable("download_failed", sentence.toString(), null, longestWait(failed))
                : StageFailure.permanent("download_failed", sentence.toString());
    }

    private static Duration longestWait(List<Outcome> failed) {
        return failed.stream().map(Outcome::retryAfter).max(Duration::compareTo).orElse(Duration.ZERO);
    }
}
