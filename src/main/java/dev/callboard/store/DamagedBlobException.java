package dev.callboard.store;

import java.io.IOException;

/** The file of a blob has other bytes than those that its name stands for. */
final class DamagedBlobException extends IOException {
    private static final long serialVersionUID = 1L;

    DamagedBlobException(String sha256) {
        super("The blob '" + sha256
                + "' is damaged: its file in the data folder is not what was stored. Upload the same"
                + " content again, or put the file back from a backup.");
    }
}
