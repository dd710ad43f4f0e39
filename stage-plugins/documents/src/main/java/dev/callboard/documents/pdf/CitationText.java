package dev.callboard.documents.pdf;

import dev.callboard.documents.ir.Reference;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One entry of a list of cited works, read as far as its punctuation leaves no doubt: number, DOI, PubMed number, year, and a
 * title that stands in quotation marks or right after the year. What is in doubt stays in the text.
 */
final class CitationText {
    private static final Pattern LABEL =
            Pattern.compile("^(?:\\[(\\d{1,4})\\]|\\((\\d{1,4})\\)|(\\d{1,4})[.)])\\s*(?=\\S)");

    /** As registration agencies give them (DOI Handbook, 2.2); marks at the end are the sentence's. */
    private static final Pattern DOI = Pattern.compile("(?i)(?<![\\w.])10\\.\\d{4,9}/[^\\s\"<>]*[^\\s\"<>.,;:)\\]}]");

    private static final Pattern PMID =
            Pattern.compile("(?i)\\b(?:PMID|PubMed(?:\\s+ID)?)\\s*:?\\s*([1-9]\\d{0,8})\\b");
    private static final String YEAR = "((?:1[5-9]|20)\\d\\d)[a-z]?";

    /** {@code (1998)}, or {@code 1998} with marks that only a year has around it, or a year that is the only one. */
    private static final Pattern IN_BRACKETS =
            Pattern.compile("\\(" + YEAR + "(?:,\\s*\\p{Lu}\\p{L}+(?:\\s\\d{1,2})?)?\\)");

    private static final Pattern AFTER_NAMES =
            Pattern.compile("^[^.]{0,400}?(?:\\.[^.]{0,60}?){0,40}?\\.\\s+" + YEAR + "\\.\\s");
    private static final Pattern BEFORE_VOLUME =
            Pattern.compile("\\b" + YEAR + "(?:\\s+\\p{Lu}\\p{L}{2}(?:\\s\\d{1,2})?)?;");
    private static final Pattern ANYWHERE = Pattern.compile("(?<![\\p{L}\\d/.:–-])" + YEAR + "(?![\\p{L}\\d/:–-])");
    private static final Pattern QUOTED = Pattern.compile("[“\"]([^“”\"]{8,400}?)[,.]?[”\"]");
    private static final Pattern TITLE = Pattern.compile("^[.,:]?\\s*(\\p{Lu}[^.?!]{8,400}[?!]?)(?=[.?!]\\s)");

    private final String label;
    private final String text;

    CitationText(String entry) {
        Matcher number = LABEL.matcher(entry);
        boolean numbered = number.find();
        label = numbered ? first(number) : null;
        text = (numbered ? entry.substring(number.end()) : entry).strip();
    }

    private static String first(Matcher number) {
        for (int group = 1; group <= number.groupCount(); group++) {
            if (number.group(group) != null) {
                return number.group(group);
            }
        }
        throw new IllegalStateException("the pattern has no number");
    }

    boolean isNumbered() {
        return label != null;
    }

    /** Whether it has what an entry of another list seldom has. */
    boolean namesAWork() {
        return ANYWHERE.matcher(text).find()
                || IN_BRACKETS.matcher(text).find()
                || BEFORE_VOLUME.matcher(text).find()
                || DOI.matcher(text).find()
                || PMID.matcher(text).find();
    }

    Reference reference(String id) {
        Matcher doi = DOI.matcher(text);
        Matcher pmid = PMID.matcher(text);
        return new Reference(
                id,
                label,
                title(),
                doi.find() ? doi.group() : null,
                pmid.find() ? pmid.group(1) : null,
                null,
                year(),
                text);
    }

    private String year() {
        for (Pattern sure : new Pattern[] {IN_BRACKETS, BEFORE_VOLUME, AFTER_NAMES}) {
            Matcher year = sure.matcher(text);
            if (year.find()) {
                return year.group(1);
            }
        }
        Matcher year = ANYWHERE.matcher(text);
        String only = null;
        while (year.find()) {
            if (only != null && !only.equals(year.group(1))) {
                return null;
            }
            only = year.group(1);
        }
        return only;
    }

    private String title() {
        Matcher quoted = QUOTED.matcher(text);
        if (quoted.find()) {
            return quoted.group(1).strip();
        }
        for (Pattern before : new Pattern[] {IN_BRACKETS, AFTER_NAMES}) {
            Matcher year = before.matcher(text);
            if (year.find()) {
                Matcher title = TITLE.matcher(text.substring(year.end()));
                return title.find() ? title.group(1).strip() : null;
            }
        }
        return null;
    }
}
