package dev.callboard.documents.extract;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Identifiers of works and trials as entities; what does not have their form is none. */
final class Identifiers {
    /** As registration agencies give them: a prefix of 4 to 9 digits, and anything (DOI Handbook, 2.2). */
    private static final Pattern DOI = Pattern.compile("10\\.\\d{4,9}/\\S+");

    private static final Pattern PMID = Pattern.compile("[1-9]\\d{0,8}");
    private static final Pattern PMCID = Pattern.compile("PMC[1-9]\\d{0,9}");
    private static final Pattern NCT = Pattern.compile("NCT\\d{8}");
    private static final Pattern RESOLVER = Pattern.compile("^(https?://)?(dx\\.)?doi\\.org/|^doi:\\s*");

    private Identifiers() {}

    /** A DOI, with or without a resolver's address; upper and lower case are the same in one. */
    static Optional<EntityRef> doi(String given, String label) {
        String lower = given.strip().toLowerCase(Locale.ROOT);
        String doi = RESOLVER.matcher(lower).replaceFirst("");
        return DOI.matcher(doi).matches() ? Optional.of(entity("doi", doi, label)) : Optional.empty();
    }

    /** The number of a citation in PubMed. */
    static Optional<EntityRef> pmid(String given, String label) {
        String pmid = given.strip();
        return PMID.matcher(pmid).matches() ? Optional.of(entity("pmid", pmid, label)) : Optional.empty();
    }

    /** The number of an article in PubMed Central. */
    static Optional<EntityRef> pmcid(String given, String label) {
        String pmcid = given.strip().toUpperCase(Locale.ROOT);
        return PMCID.matcher(pmcid).matches() ? Optional.of(entity("pmcid", pmcid, label)) : Optional.empty();
    }

    /** The number of a trial at ClinicalTrials.gov. */
    static Optional<EntityRef> trial(String given, String label, Map<String, Object> facts) {
        String nct = given.strip().toUpperCase(Locale.ROOT);
        return NCT.matcher(nct).matches()
                ? Optional.of(EntityRef.identified("trial", nct, label.isBlank() ? nct : label, facts))
                : Optional.empty();
    }

    private static EntityRef entity(String type, String identifier, String label) {
        return EntityRef.identified(type, identifier, label.isBlank() ? identifier : label, Map.of());
    }
}
