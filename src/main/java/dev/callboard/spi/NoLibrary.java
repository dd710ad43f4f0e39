package dev.callboard.spi;

import java.util.List;
import java.util.Optional;

/** {@link Library#NONE}. */
final class NoLibrary implements Library {
    @Override
    public void put(Part part) {
        // Nothing is kept.
    }

    @Override
    public Optional<Part> part(String docId, String name) {
        return Optional.empty();
    }

    @Override
    public List<Part> parts(String name) {
        return List.of();
    }

    @Override
    public long revision() {
        return 0;
    }

    @Override
    public void say(String docId, Statements statements) {
        // Nothing is kept.
    }
}
