package dev.callboard.documents.parse;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Where the parts of a ClinicalTrials.gov study stand, by JSON Pointer, and what they become. Names are those of the
 * register's own data structure.
 */
final class TrialFields {
    private static final String PROTOCOL = "/protocolSection/";

    /**
     * A value for meta.
     *
     * @param key in meta
     * @param pointer to a value, a list of values or a list of objects with names
     */
    record Fact(String key, String pointer) {}

    /**
     * A section of the text.
     *
     * @param title of the section
     * @param pointer to a text, an object or a list; each element of a list becomes an item
     * @param template how a text is made of an object
     */
    record Part(String title, String pointer, Template template) {}

    /**
     * The fields of an object that make a text.
     *
     * @param lead fields before the colon, divided by commas; none when the value is a text
     * @param rest fields after it, divided by spaces
     */
    record Template(List<String> lead, List<String> rest) {
        /**
         * The text of a value.
         *
         * @param pointer where the value stands
         * @param used takes the pointers of all that is in the text
         */
        String fill(JsonNode value, String pointer, Set<String> used) {
            if (value.isValueNode()) {
                used.add(pointer);
                return RegisterText.unescape(value.asText());
            }
            String before = String.join(", ", texts(value, lead, pointer, used)).replace(", (", " (");
            String after = String.join(" ", texts(value, rest, pointer, used));
            return before.isEmpty() || after.isEmpty() ? before + after : before + ": " + after;
        }

        private static List<String> texts(JsonNode value, List<String> fields, String pointer, Set<String> used) {
            List<String> texts = new ArrayList<>();
            for (String field : fields) {
                JsonNode node = value.path(field);
                String at = pointer + "/" + field;
                String text = node.isArray() ? joined(node, at, used) : node.asText();
                used.add(at);
                if (!text.isBlank()) {
                    texts.add(RegisterText.unescape(node.isArray() ? "(" + text + ")" : text));
                }
            }
            return texts;
        }

        private static String joined(JsonNode list, String pointer, Set<String> used) {
            List<String> parts = new ArrayList<>();
            for (int i = 0; i < list.size(); i++) {
                used.add(pointer + "/" + i);
                parts.add(list.get(i).asText());
            }
            parts.removeIf(String::isBlank);
            return String.join(", ", parts);
        }
    }

    private static final Template TEXT = new Template(List.of(), List.of());
    private static final Template OUTCOME = new Template(List.of("measure", "timeFrame"), List.of("description"));

    static final List<Fact> FACTS = List.of(
            fact("official_title", "identificationModule/officialTitle"),
            fact("acronym", "identificationModule/acronym"),
            fact("status", "statusModule/overallStatus"),
            fact("why_stopped", "statusModule/whyStopped"),
            fact("start_date", "statusModule/startDateStruct/date"),
            fact("completion_date", "statusModule/completionDateStruct/date"),
            fact("sponsor", "sponsorCollaboratorsModule/leadSponsor/name"),
            fact("collaborators", "sponsorCollaboratorsModule/collaborators"),
            fact("conditions", "conditionsModule/conditions"),
            fact("keywords", "conditionsModule/keywords"),
            fact("study_type", "designModule/studyType"),
            fact("phases", "designModule/phases"),
            fact("enrollment", "designModule/enrollmentInfo/count"),
            fact("interventions", "armsInterventionsModule/interventions"),
            fact("sex", "eligibilityModule/sex"),
            fact("minimum_age", "eligibilityModule/minimumAge"),
            fact("maximum_age", "eligibilityModule/maximumAge"));

    static final List<Part> PARTS = List.of(
            part("Official title", "identificationModule/officialTitle", TEXT),
            part("Brief summary", "descriptionModule/briefSummary", TEXT),
            part("Detailed description", "descriptionModule/detailedDescription", TEXT),
            part("Conditions", "conditionsModule/conditions", TEXT),
            part("Keywords", "conditionsModule/keywords", TEXT),
            part("Arms", "armsInterventionsModule/armGroups", new Template(List.of("label"), List.of("description"))),
            part(
                    "Interventions",
                    "armsInterventionsModule/interventions",
                    new Template(List.of("name", "otherNames"), List.of("description"))),
            part("Primary outcomes", "outcomesModule/primaryOutcomes", OUTCOME),
            part("Secondary outcomes", "outcomesModule/secondaryOutcomes", OUTCOME),
            part("Other outcomes", "outcomesModule/otherOutcomes", OUTCOME),
            part("Eligibility criteria", "eligibilityModule/eligibilityCriteria", TEXT),
            part("Study population", "eligibilityModule/studyPopulation", TEXT),
            part("Sponsor", "sponsorCollaboratorsModule/leadSponsor/name", TEXT),
            part("Why the study stopped", "statusModule/whyStopped", TEXT),
            part(
                    "Locations",
                    "contactsLocationsModule/locations",
                    new Template(List.of("facility", "city", "state", "country"), List.of())));

    private TrialFields() {}

    private static Fact fact(String key, String path) {
        return new Fact(key, PROTOCOL + path);
    }

    private static Part part(String title, String path, Template template) {
        return new Part(title, PROTOCOL + path, template);
    }
}
