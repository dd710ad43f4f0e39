package dev.callboard.store;

import dev.callboard.problem.ProblemException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whether changes can be stored.
 *
 * @param refusal what a change is answered with now; null when it is stored
 * @param usableBytes free on the disk of the data folder when it was looked at last
 * @param reserveBytes below this changes are refused
 * @param findings what was wrong with the database's files when they were opened, for people; mostly empty
 */
public record StorageState(
        @Nullable ProblemException refusal, long usableBytes, long reserveBytes, List<String> findings) {
    /** Copies. */
    public StorageState {
        findings = List.copyOf(findings);
    }
}
