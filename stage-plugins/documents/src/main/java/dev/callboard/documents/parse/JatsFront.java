package dev.callboard.documents.parse;

import dev.callboard.documents.ir.BlockKind;
import dev.callboard.documents.ir.DocumentBuilder;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The front matter of a JATS article, as title and meta: {@code authors} and {@code affiliations} (lists of strings),
 * {@code editors} (all other contributors), {@code journal, publisher, doi, pmid, pmcid, volume, issue, pages, keywords, subjects, license, license_url, funding, funders, awards},
 * {@code dates} ({@code published, received, accepted …}, ISO 8601, as exact as given).
 */
final class JatsFront {
    /** Dates that stand for publication, the most exact kind first. */
    private static final List<String> PUBLISHED = List.of("epub", "pub", "ppub", "epub-ppub", "collection");

    private final XmlElement front;
    private final XmlElement meta;
    private final DocumentBuilder document;

    JatsFront(XmlElement front, DocumentBuilder document) {
        this.front = front;
        this.meta = front.find("article-meta") == null ? front : front.find("article-meta");
        this.document = document;
    }

    void read() {
        title();
        people();
        String journal = JatsText.plain(front.find("journal-meta", "journal-title-group", "journal-title"));
        document.meta(
                "journal", journal.isEmpty() ? JatsText.plain(front.find("journal-meta", "journal-title")) : journal);
        document.meta("publisher", JatsText.plain(front.find("journal-meta", "publisher", "publisher-name")));
        identifiers();
        document.meta("volume", JatsText.plain(meta.find("volume")));
        document.meta("issue", JatsText.plain(meta.find("issue")));
        document.meta("pages", pages());
        dates();
        subjects();
        document.meta("license", JatsText.plain(meta.find("permissions", "license")));
        document.meta("copyright", JatsText.plain(meta.find("permissions", "copyright-statement")));
        document.meta("license_url", licenseUrl());
        document.meta("funding", JatsText.plain(meta.find("funding-group", "funding-statement")));
        document.meta("funders", values("institution", "funding-source", "contract-sponsor", "grant-sponsor"));
        document.meta("awards", values("award-id", "award-id", "contract-num", "grant-num"));
    }

    /**
     * The different values of some elements, only looked at: they are in the text as well.
     *
     * @param inner the element that has the value, where there is one inside
     */
    private List<String> values(String inner, String... names) {
        Set<String> values = new LinkedHashSet<>();
        for (String name : names) {
            meta.each(name, element -> {
                XmlElement within = element.first(inner);
                String value = (within == null ? element : within)
                        .peek()
                        .replaceAll("\\s+", " ")
                        .strip();
                if (!value.isEmpty()) {
                    values.add(value);
                }
            });
        }
        return List.copyOf(values);
    }

    private void title() {
        XmlElement group = meta.find("title-group");
        if (group == null) {
            return;
        }
        JatsText main = group.find("article-title") == null ? null : JatsText.of(group.find("article-title"));
        String subtitle = JatsText.plain(group.find("subtitle"));
        String title = main == null ? "" : main.text() + (subtitle.isEmpty() ? "" : ": " + subtitle);
        document.title(title);
        document.block(null, BlockKind.TITLE, title);
    }

    /** Authors, other contributors and affiliations. */
    void people() {
        List<String> authors = new ArrayList<>();
        List<String> editors = new ArrayList<>();
        meta.each("contrib", contributor -> {
            String type = contributor.attribute("contrib-type");
            String name = name(contributor);
            if (!name.isEmpty()) {
                (type.isEmpty() || type.equals("author") ? authors : editors).add(name);
            }
        });
        document.meta("authors", authors);
        document.meta("editors", editors);
        List<String> affiliations = new ArrayList<>();
        Set<String> authorsOwn = authorAffiliations();
        meta.each("aff", affiliation -> {
            if (authorsOwn.isEmpty() || authorsOwn.contains(affiliation.attribute("id"))) {
                affiliations.add(affiliation(affiliation));
            }
        });
        document.meta("affiliations", affiliations);
    }

    /** The ids that authors point at: an editor's affiliation is none of the article's. */
    private Set<String> authorAffiliations() {
        Set<String> ids = new HashSet<>();
        meta.each("contrib", contributor -> {
            if (!contributor.attribute("contrib-type").equals("editor")) {
                contributor.each("xref", xref -> {
                    if (xref.attribute("ref-type").equals("aff")) {
                        ids.addAll(List.of(xref.attribute("rid").split("\\s+")));
                    }
                });
            }
        });
        return ids;
    }

    private static String name(XmlElement contributor) {
        XmlElement name = contributor.find("name");
        if (name == null) {
            name = contributor.find("name-alternatives", "name");
        }
        if (name != null) {
            String given = JatsText.plain(name.find("given-names"));
            String suffix = JatsText.plain(name.find("suffix"));
            String surname = JatsText.plain(name.find("surname"));
            return (given + " " + surname + (suffix.isEmpty() ? "" : " " + suffix)).strip();
        }
        XmlElement other = contributor.find("string-name");
        return JatsText.plain(other == null ? contributor.find("collab") : other);
    }

    private String affiliation(XmlElement affiliation) {
        String text = JatsText.plain(affiliation);
        String label = JatsText.plain(affiliation.find("label"));
        if (label.isEmpty() || !text.startsWith(label)) {
            return text;
        }
        document.leftOut("aff/label", "a mark that leads to a contributor", label);
        return text.substring(label.length()).strip();
    }

    private void identifiers() {
        for (XmlElement id : meta.elements("article-id")) {
            switch (id.attribute("pub-id-type")) {
                case "doi" -> document.meta("doi", JatsText.plain(id));
                case "pmid" -> document.meta("pmid", JatsText.plain(id));
                case "pmc", "pmcid" -> {
                    String value = JatsText.plain(id);
                    document.meta("pmcid", value.startsWith("PMC") ? value : "PMC" + value);
                }
                default -> {
                    // Publishers' own numbers identify nothing outside.
                }
            }
        }
    }

    private String pages() {
        String first = JatsText.plain(meta.find("fpage"));
        String last = first.isEmpty() ? "" : JatsText.plain(meta.find("lpage"));
        if (first.isEmpty()) {
            return JatsText.plain(meta.find("elocation-id"));
        }
        return last.isEmpty() || last.equals(first) ? first : first + "–" + last;
    }

    private void dates() {
        Map<String, Object> dates = new LinkedHashMap<>();
        for (String type : PUBLISHED) {
            for (XmlElement date : meta.elements("pub-date")) {
                String kind =
                        date.attribute("pub-type").isEmpty() ? date.attribute("date-type") : date.attribute("pub-type");
                if (kind.equals(type) && !isoDate(date).isEmpty()) {
                    dates.putIfAbsent("published", isoDate(date));
                }
            }
        }
        XmlElement history = meta.find("history");
        if (history != null) {
            for (XmlElement date : history.elements("date")) {
                String type =
                        date.attribute("date-type").toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "_");
                if (!type.isEmpty() && !isoDate(date).isEmpty()) {
                    dates.put(type, isoDate(date));
                }
            }
        }
        document.meta("dates", dates);
    }

    private static String isoDate(XmlElement date) {
        StringBuilder iso = new StringBuilder();
        for (String part : List.of("year", "month", "day")) {
            XmlElement element = date.find(part);
            String value = element == null ? "" : element.peek().strip();
            if (!value.matches("\\d{1,4}")) {
                break;
            }
            element.takeAll();
            iso.append(iso.isEmpty() ? "" : "-").append(value.length() == 1 ? "0" + value : value);
        }
        return iso.toString();
    }

    private void subjects() {
        List<String> keywords = new ArrayList<>();
        meta.each("kwd", keyword -> keywords.add(JatsText.plain(keyword)));
        document.meta("keywords", keywords);
        List<String> subjects = new ArrayList<>();
        meta.each("subject", subject -> subjects.add(JatsText.plain(subject)));
        document.meta("subjects", subjects);
    }

    private String licenseUrl() {
        XmlElement license = meta.find("permissions", "license");
        if (license == null) {
            return "";
        }
        XmlElement ref = license.find("license_ref");
        return ref == null ? license.attribute("href") : JatsText.plain(ref);
    }
}
