package dev.callboard.documents.parse;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** What of a JATS article is left out of the document on purpose, and why. */
final class JatsLeftOut {
    private static final Map<String, String> REASONS = new HashMap<>();

    static {
        why(
                "an identifier",
                "article-id journal-id issn issn-l isbn object-id contrib-id institution-id article-version"
                        + " article-version-alternatives book-id book-part-id publisher-id elocation-id ext-id");
        why(
                "a date or number of the issue",
                "pub-date pub-history history volume issue issue-id volume-id volume-series"
                        + " issue-part season fpage lpage page-range counts page-count word-count fig-count table-count"
                        + " ref-count equation-count book-volume-number date-in-citation");
        why("another notation of a formula that is kept", "annotation annotation-xml");
        why(
                "another form of what is kept",
                "alternatives citation-alternatives name-alternatives aff-alternatives"
                        + " collab-alternatives title-alternatives kwd-group-alternatives");
        why("words that stand for a picture", "alt-text");
        why("an entry of an index", "index-term index-term-range-end");
        why("about the journal or book, not the article", "journal-meta collection-meta book-meta book-part-meta");
        why(
                "details of a contributor",
                "contrib contrib-group aff name string-name given-names surname prefix suffix degrees"
                        + " role email address phone fax on-behalf-of anonymous etal xref");
        why(
                "a statement of rights",
                "permissions copyright-statement copyright-year copyright-holder license license-p" + " license_ref");
        why("a group's heading, its words are in meta", "kwd-group subj-group compound-kwd");
        why("a link to another version or article", "self-uri related-article related-object");
        why("a note of the editors to themselves", "x-comment processing-meta");
        why("the heading of the list of references", "ref-list");
        why("a short form of the title", "alt-title");
    }

    private JatsLeftOut() {}

    private static void why(String reason, String names) {
        for (String name : names.split(" ")) {
            REASONS.put(name, reason);
        }
    }

    /** Reasons that hold only in front matter: in a text a name or a date is a word like others. */
    private static final Set<String> ONLY_IN_FRONT = Set.of(
            "a date or number of the issue",
            "details of a contributor",
            "about the journal or book, not the article",
            "a group's heading, its words are in meta");

    /** Why an element at a path such as {@code /article/front/article-meta/pub-date} is left out, or null. */
    static String reason(String name, String path) {
        String reason = REASONS.get(name);
        boolean front = path.contains("/front") || path.contains("-meta") || path.contains("/contrib-group");
        return reason != null && ONLY_IN_FRONT.contains(reason) && !front ? null : reason;
    }

    /** Why an element of a name is left out when nobody has read it, or null when it is to be read. */
    static String reason(String name) {
        return REASONS.get(name);
    }
}
