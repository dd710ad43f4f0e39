package dev.callboard.cli;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * UTF-8 for what people read and write, whatever the locale: a container, a service or cron has none, and Java then takes
 * every letter beyond ASCII for a question mark.
 */
final class TextStreams {
    /** What Java decodes arguments and file names with; no constant of the platform names it. */
    private static final String NATIVE = "sun.jnu.encoding";

    private static final char UNREADABLE = '\uFFFD';

    private TextStreams() {}

    /** From here on standard output and standard error are UTF-8. */
    static void useUtf8() {
        System.setOut(stream(FileDescriptor.out));
        System.setErr(stream(FileDescriptor.err));
    }

    private static PrintStream stream(FileDescriptor descriptor) {
        return new PrintStream(
                new BufferedOutputStream(new FileOutputStream(descriptor), 8_192), true, StandardCharsets.UTF_8);
    }

    /** Whether file names with letters beyond ASCII can be opened: without a UTF-8 locale Java cannot. */
    static boolean reachesAllFiles() {
        return Charset.forName(System.getProperty(NATIVE, "UTF-8")).equals(StandardCharsets.UTF_8);
    }

    /**
     * The arguments as they were typed. Java reads them by the locale; where that loses letters they are read again from what
     * the kernel says of this process, and stay as they are where it says nothing.
     */
    static String[] arguments(String[] decoded) {
        if (Arrays.stream(decoded).noneMatch(argument -> argument.indexOf(UNREADABLE) >= 0)) {
            return decoded;
        }
        try {
            String line = Files.readString(Path.of("/proc/self/cmdline"), StandardCharsets.UTF_8);
            List<String> all = List.of(line.split("\0", -1));
            // The last one ends with a NUL too, so that an empty text follows it.
            int from = all.size() - 1 - decoded.length;
            return from < 0 ? decoded : all.subList(from, all.size() - 1).toArray(String[]::new);
        } catch (IOException e) {
            // Not UTF-8, or not Linux: what Java made of them is all there is.
            return decoded;
        }
    }
}
