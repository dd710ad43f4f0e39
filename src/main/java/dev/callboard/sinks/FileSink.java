package dev.callboard.sinks;

import dev.callboard.config.SinksConfig;
import dev.callboard.json.Json;
import dev.callboard.palette.PromptTemplate;
import dev.callboard.palette.TemplateValues;
import dev.callboard.pipelines.SinkConfig.ToFile;
import dev.callboard.problem.FileFaults;
import dev.callboard.problem.FileNames;
import io.vertx.core.Future;
import io.vertx.core.WorkerExecutor;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Writes a result as a file: a text as it is, anything else as JSON. The name is decided and stored before the file appears, so
 * that the same delivery, repeated after a crash, writes the same file. What others wrote under that name is left alone.
 */
final class FileSink {
    /** What the template of a file's name may use beside {@code input} and what is in it. */
    static final List<String> NAMES = List.of("task.id", "task.title");

    private static final int MOST_NUMBERS = 10_000;

    private final DeliveryRepository repository;
    private final WorkerExecutor workers;
    private final SinksConfig config;

    /** @param config says where files may go */
    FileSink(DeliveryRepository repository, WorkerExecutor workers, SinksConfig config) {
        this.repository = repository;
        this.workers = workers;
        this.config = config;
    }

    /** Why a file cannot be written, as a sentence. */
    private static final class Refused extends Exception {
        private static final long serialVersionUID = 1L;

        Refused(String message) {
            super(message, null, false, false);
        }
    }

    Future<Attempted> deliver(Delivery delivery, ToFile to, @Nullable Object value) {
        return workers.executeBlocking(() -> folder(to), false)
                .compose(folder -> place(delivery, folder, name(delivery, to, value), 1))
                .compose(file -> workers.executeBlocking(
                        () -> {
                            write(file, delivery, value);
                            return Attempted.DELIVERED;
                        },
                        false))
                .recover(failure -> failure instanceof Refused
                        ? Future.succeededFuture(Attempted.failed(String.valueOf(failure.getMessage())))
                        : failure instanceof IOException
                                ? Future.succeededFuture(Attempted.failed(
                                        "The file cannot be written: " + FileFaults.reason(failure) + "."))
                                : Future.failedFuture(failure));
    }

    private Path folder(ToFile to) throws Refused {
        try {
            // What is checked is what is used, whatever becomes of links meanwhile.
            Path folder = Path.of(to.path()).toRealPath();
            Optional<String> refusal = config.refusal(folder);
            if (refusal.isPresent()) {
                String reason = refusal.get();
                throw new Refused(reason.substring(0, 1).toUpperCase(Locale.ROOT) + reason.substring(1) + ".");
            }
            return folder;
        } catch (IOException | InvalidPathException e) {
            throw new Refused("There is no folder " + to.path() + ".");
        }
    }

    private static String name(Delivery delivery, ToFile to, @Nullable Object value) {
        Map<String, String> names = Map.of(NAMES.get(0), delivery.taskId(), NAMES.get(1), delivery.taskTitle());
        return FileNames.safe(PromptTemplate.render(
                to.name(), new TemplateValues(names, Map.of(), value, Json::write), FileNames::part));
    }

    /** The file that this delivery may write, with its name stored. */
    private Future<Path> place(Delivery delivery, Path folder, String name, int number) {
        Path chosen = delivery.target() == null ? null : Path.of(delivery.target());
        if (chosen != null && folder.equals(chosen.getParent())) {
            return Future.succeededFuture(chosen);
        }
        if (number > MOST_NUMBERS) {
            return Future.failedFuture(new Refused("The folder has too many files named " + name + "."));
        }
        Path file = folder.resolve(number == 1 ? name : FileNames.numbered(name, number));
        return workers.executeBlocking(() -> Files.exists(file, LinkOption.NOFOLLOW_LINKS), false)
                .compose(there -> there
                        ? repository.wrote(delivery.taskId(), file.toString())
                        : repository.target(delivery.id(), file.toString()).compose(stored -> claim(file)))
                .compose(ours -> ours
                        ? repository.target(delivery.id(), file.toString()).map(file)
                        : place(delivery, folder, name, number + 1));
    }

    /** Takes a name that was free a moment ago; false when somebody else was faster. */
    private Future<Boolean> claim(Path file) {
        return workers.executeBlocking(
                () -> {
                    try {
                        Files.createFile(file);
                        return true;
                    } catch (FileAlreadyExistsException e) {
                        return false;
                    }
                },
                false);
    }

    private static void write(Path file, Delivery delivery, @Nullable Object value) throws IOException {
        Path half = file.resolveSibling("." + delivery.id() + ".part");
        byte[] bytes = value instanceof String text
                ? text.getBytes(StandardCharsets.UTF_8)
                : Json.writePretty(value).getBytes(StandardCharsets.UTF_8);
        try {
            Files.write(half, bytes);
            try (FileChannel channel = FileChannel.open(half, StandardOpenOption.WRITE)) {
                channel.force(true);
            }
            Files.move(half, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(half, file, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(half);
        }
    }
}
