package dev.callboard.palette;

import dev.callboard.problem.Fields;
import dev.callboard.problem.NearName;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The members of a definition that are kept and that nothing here reads, wherever in it they stand. */
public final class UnknownMembers {
    private UnknownMembers() {}

    /**
     * One of them.
     *
     * @param pointer where it stands in the definition
     * @param value JSON-shaped
     * @param near the member that may have been meant
     */
    public record Unknown(String pointer, @Nullable Object value, Optional<String> near) {}

    /** All, in their order: of the definition itself, its ports, its settings. */
    public static List<Unknown> of(StageDefinition definition) {
        return Stream.of(
                        named(definition.extra(), "", StageDefinitionReader.KNOWN),
                        ports(definition.ports().inputs(), "/ports/inputs/"),
                        ports(definition.ports().outputs(), "/ports/outputs/"),
                        settings(definition.settingsSchema()))
                .flatMap(each -> each)
                .toList();
    }

    private static Stream<Unknown> ports(List<Port> ports, String at) {
        return IntStream.range(0, ports.size())
                .boxed()
                .flatMap(i -> named(ports.get(i).extra(), at + i, Port.KNOWN));
    }

    private static Stream<Unknown> settings(List<Setting> settings) {
        return IntStream.range(0, settings.size()).boxed().flatMap(i -> {
            String at = "/settings_schema/" + i;
            List<Setting.Option> options = settings.get(i).options();
            return Stream.concat(
                    named(settings.get(i).extra(), at, Setting.KNOWN),
                    IntStream.range(0, options.size())
                            .boxed()
                            .flatMap(n -> named(options.get(n).extra(), at + "/options/" + n, Setting.Option.KNOWN)));
        });
    }

    private static Stream<Unknown> named(Map<String, @Nullable Object> extra, String at, List<String> known) {
        return extra.entrySet().stream()
                .map(member -> new Unknown(
                        at + "/" + Fields.escape(member.getKey()),
                        member.getValue(),
                        NearName.of(member.getKey(), known)));
    }
}
