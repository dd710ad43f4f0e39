package dev.callboard.download;

import java.util.concurrent.atomic.AtomicLong;

/** How many bytes all files together may still have. Safe to use from many threads. */
final class Budget {
    private final long all;
    private final AtomicLong taken = new AtomicLong();

    Budget(long all) {
        this.all = all;
    }

    /**
     * Takes some bytes, or none of them.
     *
     * @throws DownloadFailure {@code total_too_large}
     */
    void take(long bytes) throws DownloadFailure {
        if (taken.addAndGet(bytes) > all) {
            taken.addAndGet(-bytes);
            throw DownloadFailure.lasting(
                    "total_too_large",
                    "All files together would have more than " + all + " bytes (setting max_total_bytes).");
        }
    }

    void giveBack(long bytes) {
        taken.addAndGet(-bytes);
    }

    long taken() {
        return taken.get();
    }
}
