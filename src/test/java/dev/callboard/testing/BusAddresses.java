package dev.callboard.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The addresses of the server's event bus, as its sources name them, and those that its bridge offers. */
public final class BusAddresses {
    private static final Pattern NAMED = Pattern.compile("new (?:Address|Topic)<>\\(\\s*\"([^\"]+)\"");

    private BusAddresses() {}

    /** All of them, and one that nobody has. */
    public static Set<String> all() throws IOException {
        Set<String> addresses = new TreeSet<>(List.of("palette.updates", "tasks.updates", "nobody.has.this"));
        try (Stream<Path> sources = Files.walk(Path.of("src/main/java"))) {
            for (Path source : sources.filter(path -> path.toString().endsWith("Messages.java"))
                    .toList()) {
                Matcher named = NAMED.matcher(Files.readString(source));
                while (named.find()) {
                    addresses.add(named.group(1));
                }
            }
        }
        if (addresses.size() < 40) {
            throw new IllegalStateException("the sources name addresses otherwise than this test knows: " + addresses);
        }
        return addresses;
    }
}
