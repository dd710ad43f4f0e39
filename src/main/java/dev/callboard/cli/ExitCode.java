package dev.callboard.cli;

/** What the process says when it ends. */
final class ExitCode {
    static final int OK = 0;
    static final int FAILED = 1;
    static final int BAD_USAGE = 2;
    static final int WAITING_FOR_APPROVAL = 3;

    private ExitCode() {}
}
