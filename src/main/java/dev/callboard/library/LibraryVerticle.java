package dev.callboard.library;

import dev.callboard.audit.AuditRepository;
import dev.callboard.bus.Bus;
import dev.callboard.library.LibraryMessages.DocumentRemoved;
import dev.callboard.library.LibraryMessages.DocumentReply;
import dev.callboard.library.LibraryMessages.RemoveDocument;
import dev.callboard.palette.StageResolver;
import dev.callboard.problem.Ids;
import dev.callboard.spi.BlobStore;
import dev.callboard.spi.net.AddressRules;
import dev.callboard.spi.net.Outbound;
import dev.callboard.store.Database;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.WorkerExecutor;
import java.time.Clock;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers what documents there are, searches in them by the plugins that can, and reads their graph. */
public final class LibraryVerticle extends VerticleBase {
    private static final Logger LOG = LoggerFactory.getLogger(LibraryVerticle.class);

    /** Searches at once; a plugin's process answers one at a time. */
    private static final int THREADS = 4;

    private final Bus bus;
    private final DocumentRepository documents;
    private final NodeCounts counts;
    private final DocumentQueryRepository found;
    private final GraphQueryRepository graph;
    private final GraphNameRepository names;
    private final DocumentTextRepository texts;
    private final AuditRepository audit;
    private final Questions.Parts parts;
    private final Clock clock;
    private @Nullable WorkerExecutor threads;

    /**
     * Names the parts; nothing is answered before the verticle is deployed.
     *
     * @param resolver knows which plugins answer questions
     * @param network what their code may connect to
     * @param outbound how it connects
     */
    public LibraryVerticle(
            Bus bus,
            Database database,
            Libraries libraries,
            BlobStore blobs,
            StageResolver resolver,
            Supplier<AddressRules> network,
            Outbound outbound,
            Clock clock) {
        this.bus = bus;
        this.documents = libraries.documents();
        this.counts = libraries.counts();
        this.found = new DocumentQueryRepository(database);
        this.graph = new GraphQueryRepository(database);
        this.names = new GraphNameRepository(database);
        this.texts = new DocumentTextRepository(database);
        this.audit = new AuditRepository(bus, database, new Ids(clock));
        this.parts = new Questions.Parts(resolver, libraries, blobs, network, outbound, clock);
        this.clock = clock;
    }

    @Override
    public Future<?> start() {
        WorkerExecutor executor = vertx.createSharedWorkerExecutor("questions", THREADS, 1, TimeUnit.HOURS);
        threads = executor;
        PassageSearch search = new PassageSearch(found, new Questions(parts, executor));
        GraphWalk walk = new GraphWalk(graph, counts);
        bus.answer(LibraryMessages.LIST, found::list);
        bus.answer(LibraryMessages.GET, ask -> found.get(ask.docId(), ask.project())
                .map(DocumentReply::new));
        bus.answer(LibraryMessages.REMOVE, ask -> remove(ask)
                .onSuccess(gone -> search.forget(gone.project()))
                .map(gone -> new DocumentRemoved(ask.docId())));
        bus.answer(LibraryMessages.SEARCH, search::search);
        bus.answer(LibraryMessages.GRAPH, walk::around);
        bus.answer(LibraryMessages.FIND, walk::find);
        bus.answer(LibraryMessages.PATH, walk::path);
        bus.answer(LibraryMessages.READ, graph::piece);
        fillNames();
        return fillTexts();
    }

    /** The rest of an upgrade: documents of an earlier version can be found by their texts before anybody looks for one. */
    private Future<Void> fillTexts() {
        return texts.fill()
                .onSuccess(count -> {
                    if (count > 0) {
                        LOG.info("{} parts of documents were prepared for lists that look for a text, once", count);
                    }
                })
                .mapEmpty();
    }

    /** Nodes of an earlier version can be found by their names once this is done; nothing waits for it. */
    private void fillNames() {
        names.fill()
                .onSuccess(more -> {
                    if (more && threads != null) {
                        fillNames();
                    }
                })
                .onFailure(failure -> LOG.warn("Some nodes of the graph are not found by their names", failure));
    }

    private Future<DocumentRepository.Removed> remove(RemoveDocument ask) {
        return documents.remove(ask.docId(), ask.project(), audit, clock.instant());
    }

    @Override
    public Future<?> stop() {
        WorkerExecutor ended = threads;
        threads = null;
        return ended == null ? Future.succeededFuture() : ended.close();
    }
}
