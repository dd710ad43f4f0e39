package dev.callboard.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * A document in Markdown that people follow: its fenced blocks are files to write and commands to run.
 *
 * @param file where it is
 */
public record Guide(Path file) {
    private static final Pattern BLOCK = Pattern.compile("(?ms)^```(\\w+)\\n(.*?)^```$");

    /** Fails on an answer of 400 and above, so that a block does. */
    private static final String CHECKED = "set -eu\ncurl() { command curl -sS --fail-with-body \"$@\"; }\n";

    /** The text of its blocks in a language, in order. */
    public List<String> blocks(String language) throws IOException {
        return BLOCK.matcher(Files.readString(file))
                .results()
                .filter(block -> block.group(1).equals(language))
                .map((MatchResult block) -> block.group(2))
                .toList();
    }

    /** All {@code sh} blocks, as one script. */
    public String script() throws IOException {
        return String.join("\n", blocks("sh"));
    }

    /**
     * Runs a script in one shell, in a folder, beside a server in the place of the one that guides speak of; it has to end
     * with success.
     *
     * @return what it printed
     */
    public static String follow(String script, Path here, JarProcess server, int minutes)
            throws IOException, InterruptedException {
        Path printed = Files.createTempFile("guide", ".printed");
        ProcessBuilder builder = new ProcessBuilder(
                        "sh",
                        "-c",
                        CHECKED
                                + script.replace(
                                        "http://127.0.0.1:8080", server.uri().toString()))
                .directory(here.toFile())
                .redirectErrorStream(true)
                .redirectOutput(printed.toFile());
        String java = Path.of(System.getProperty("java.home"), "bin").toString();
        builder.environment().merge("PATH", java, (path, first) -> first + ":" + path);
        Process shell = builder.start();
        try {
            boolean ended = shell.waitFor(minutes, TimeUnit.MINUTES);
            String output = Files.readString(printed);
            assertThat(ended).as("it ends; so far: %s", output).isTrue();
            assertThat(shell.exitValue()).as(output).isZero();
            return output;
        } finally {
            shell.descendants().forEach(ProcessHandle::destroyForcibly);
            shell.destroyForcibly();
            Files.delete(printed);
        }
    }
}
