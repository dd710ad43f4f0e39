package dev.callboard.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** The plain command lines of a server are read as picocli reads them, and all others are left to it. */
class PlainServeTest {
    @Test
    void theOptionsAreThoseOfTheCommand() {
        TreeSet<String> names = new TreeSet<>();
        for (OptionSpec option :
                new CommandLine(new ServeCommand()).getCommandSpec().options()) {
            if (!option.usageHelp() && !option.versionHelp()) {
                assertThat(option.names()).hasSize(1);
                names.add(option.longestName().substring(2));
            }
        }
        assertThat(PlainServe.OPTIONS).containsExactlyInAnyOrderElementsOf(names);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "--port 0",
                "--port=0",
                "--port 0 --data here --config /etc/callboard --plugins ./plugins --host ::1 --webroot ../webroot",
                "--data=a=b --port many",
                "--data C:\\data --host [::1]",
                "--data serve",
                "--data run --config stages"
            })
    void aPlainLineIsReadAsPicocliReadsIt(String line) {
        String[] arguments = line.isEmpty() ? new String[0] : line.split(" ");
        Map<String, String> read = new TreeMap<>();
        CommandLine.ParseResult parsed = new CommandLine(new ServeCommand()).parseArgs(arguments);
        parsed.matchedOptions().forEach(option -> read.put(option.longestName().substring(2), option.getValue()));
        assertThat(PlainServe.options(arguments)).contains(read);
        String[] named = ("serve " + line).strip().split(" ");
        assertThat(PlainServe.options(named)).contains(read);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--help",
                "-h",
                "serve --help",
                "--version",
                "run",
                "stages",
                "serve serve",
                "--port",
                "--port=",
                "--port -1",
                "--port --data here",
                "--port 1 --port 2",
                "--port 1 serve",
                "--por 1",
                "port 1",
                "-port 1",
                "--data @file",
                "@file",
                "--data \"here\"",
                "--data '' --port 1",
                "--",
                "-- --port 1"
            })
    void everythingElseIsLeftToPicocli(String line) {
        assertThat(PlainServe.options(line.split(" "))).isEmpty();
    }
}
