package dev.callboard.documents.search;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.lucene.codecs.CodecUtil;
import org.apache.lucene.index.IndexNotFoundException;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.SegmentInfos;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.IOContext;
import org.apache.lucene.store.IndexInput;
import org.apache.lucene.store.NIOFSDirectory;
import org.apache.lucene.store.NoLockFactory;

/**
 * An index's files. Before Lucene reads one, all its bytes are compared with the checksum at its end: a flipped bit can
 * otherwise become a wrong answer, or a length for which there is no memory. They are read and not mapped into memory, where
 * a file that becomes shorter ends the process.
 */
final class IndexFiles {
    /** On Java 20 and later Lucene advises another Lucene or an incubator module, which no operator can do anything about. */
    private static final Logger ADVICE =
            Logger.getLogger("org.apache.lucene.internal.vectorization.VectorizationProvider");

    static {
        ADVICE.setLevel(Level.SEVERE);
    }

    private static final int TRIES = 10;
    private static final String SEGMENT = ".si";

    private IndexFiles() {}

    /** What one commit consists of. */
    record Commit(String key, Set<String> files) {}

    /** Opens the folder of an index; {@link WriteLock} says who may write. */
    static Directory open(Path folder) throws IOException {
        return new NIOFSDirectory(folder, NoLockFactory.INSTANCE);
    }

    /** Says which commit is the last, by a key that no other commit has, of this index or one before it; empty without one. */
    static Optional<String> lastCommit(Directory directory) throws IOException {
        for (int tries = 0; ; tries++) {
            String name = SegmentInfos.getLastCommitSegmentsFileName(directory);
            if (name == null) {
                return Optional.empty();
            }
            try (IndexInput in = directory.openInput(name, IOContext.READONCE)) {
                return Optional.of(name + " " + HexFormat.of().formatHex(CodecUtil.readIndexHeader(in)));
            } catch (NoSuchFileException | FileNotFoundException e) {
                rethrowUnlessReplaced(directory, name, tries, e);
            }
        }
    }

    /**
     * Checks all files of the last commit.
     *
     * @param good those that need no check: they were checked before and are never written again
     * @throws IOException when one is missing or damaged, {@link IndexNotFoundException} when there is no commit
     */
    static Commit check(Directory directory, Set<String> good) throws IOException {
        for (int tries = 0; ; tries++) {
            String name = SegmentInfos.getLastCommitSegmentsFileName(directory);
            if (name == null) {
                throw new IndexNotFoundException("there is no index in " + directory);
            }
            try {
                return check(directory, name, good);
            } catch (NoSuchFileException | FileNotFoundException e) {
                rethrowUnlessReplaced(directory, name, tries, e);
            }
        }
    }

    /** A writer deletes the files of the commit before its own. */
    private static void rethrowUnlessReplaced(Directory directory, String name, int tries, IOException e)
            throws IOException {
        if (tries >= TRIES || name.equals(SegmentInfos.getLastCommitSegmentsFileName(directory))) {
            throw e;
        }
    }

    private static Commit check(Directory directory, String name, Set<String> good) throws IOException {
        String key = lastCommit(directory).orElse("");
        checkSum(directory, name);
        // Lucene reads these with the commit, before anybody can know which of them belong to it.
        for (String file : directory.listAll()) {
            if (file.endsWith(SEGMENT) && !good.contains(file)) {
                checkSum(directory, file);
            }
        }
        Set<String> files =
                new TreeSet<>(SegmentInfos.readCommit(directory, name).files(false));
        for (String file : files) {
            if (!good.contains(file)) {
                checkSum(directory, file);
            }
        }
        return new Commit(key, files);
    }

    private static void checkSum(Directory directory, String file) throws IOException {
        try (IndexInput in = directory.openInput(file, IOContext.READONCE)) {
            CodecUtil.checksumEntireFile(in);
        }
    }

    /**
     * Deletes what is damaged: files that nothing needs, as a writer leaves them that is killed; and when the last commit is
     * not whole without them, all. For the one who has the lock.
     *
     * @return whether there is a whole commit
     */
    static boolean repair(Directory directory) throws IOException {
        if (isWhole(directory)) {
            return true;
        }
        for (String file : directory.listAll()) {
            if (!file.equals(IndexWriter.WRITE_LOCK_NAME) && !hasRightSum(directory, file)) {
                directory.deleteFile(file);
            }
        }
        if (isWhole(directory)) {
            return true;
        }
        deleteAll(directory);
        return false;
    }

    /** Deletes the index, for the one who has the lock. */
    static void deleteAll(Directory directory) throws IOException {
        for (String file : directory.listAll()) {
            if (!file.equals(IndexWriter.WRITE_LOCK_NAME)) {
                directory.deleteFile(file);
            }
        }
    }

    private static boolean isWhole(Directory directory) throws IOException {
        try {
            check(directory, Set.of());
            return true;
        } catch (IOException | RuntimeException e) {
            Interruption.rethrow(e);
            return false;
        }
    }

    private static boolean hasRightSum(Directory directory, String file) throws IOException {
        try {
            checkSum(directory, file);
            return true;
        } catch (IOException | RuntimeException e) {
            Interruption.rethrow(e);
            return false;
        }
    }
}
