package dev.callboard.testing;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The licences under which something may be in our jars, and what of a bill of materials (CycloneDX) is under none of them. */
public final class Licences {
    /** SPDX ids, and the names of those that their authors have not given one. MPL stands for unmodified files only. */
    private static final Set<String> ALLOWED = Set.of(
            "Apache-2.0",
            "MIT",
            "MIT-0",
            "ISC",
            "BSD-2-Clause",
            "BSD-3-Clause",
            "HSQLDB License, a BSD open source license",
            "Go License",
            "EPL-1.0",
            "EPL-2.0",
            "EDL-1.0",
            "BSD-3-Clause-EDL",
            "MPL-2.0",
            "CC0-1.0",
            "Unicode-3.0",
            "Unicode-DFS-2016");

    private Licences() {}

    /** The components whose licences are not allowed, each with what it says; one of several is enough. */
    public static List<String> refused(JsonNode bom) {
        List<String> refused = new ArrayList<>();
        for (JsonNode component : bom.path("components")) {
            List<String> licences = new ArrayList<>();
            for (JsonNode choice : component.path("licenses")) {
                licences.add(Stream.of(choice.at("/expression"), choice.at("/license/id"), choice.at("/license/name"))
                        .map(JsonNode::asText)
                        .filter(text -> !text.isEmpty())
                        .findFirst()
                        .orElse(""));
            }
            if (licences.stream().noneMatch(Licences::allowed)) {
                refused.add(component.path("name").asText() + " " + licences);
            }
        }
        return refused;
    }

    /** An SPDX expression: all of the parts between AND, any of those between OR. */
    private static boolean allowed(String expression) {
        String bare = expression.replace("(", "").replace(")", "").strip();
        if (bare.contains(" AND ")) {
            return Stream.of(bare.split(" AND ")).allMatch(Licences::allowed);
        }
        return Stream.of(bare.split(" OR ")).map(String::strip).anyMatch(ALLOWED::contains);
    }
}
