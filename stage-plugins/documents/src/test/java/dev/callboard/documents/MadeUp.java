package dev.callboard.documents;

import java.util.List;
import java.util.Random;

/** Sources in which every text is a word of its own, in elements of right and wrong names in right and wrong places. */
enum MadeUp {
    JATS(SourceTexts::ofXml) {
        @Override
        String make(int seed) {
            Random random = new Random(seed);
            return "<article><front><journal-meta>" + tree(random, FRONT, 2)
                    + "</journal-meta><article-meta><title-group>"
                    + "<article-title>" + word(random) + "</article-title></title-group>" + tree(random, FRONT, 4)
                    + "</article-meta>" + tree(random, BODY, 2) + "</front><body>" + tree(random, BODY, 5)
                    + "</body><back>"
                    + tree(random, BODY, 3) + "<ref-list>" + tree(random, REFS, 4) + "</ref-list></back><floats-wrap>"
                    + tree(random, BODY, 3) + "</floats-wrap><sub-article><front-stub>" + tree(random, FRONT, 3)
                    + "</front-stub><body>" + tree(random, BODY, 3) + "</body></sub-article></article>";
        }
    },
    OTHER_XML(SourceTexts::ofXml) {
        @Override
        String make(int seed) {
            Random random = new Random(seed);
            String root = pick(
                    random, "article", "TEI", "book", "report", "us-patent-grant", "OAI-PMH", "PubmedArticle", "art");
            return "<?xml version='1.0'?><" + root + ">" + tree(random, GENERAL, 6) + tree(random, BODY, 3) + "</"
                    + root + ">";
        }
    },
    HTML(SourceTexts::ofHtml) {
        @Override
        String make(int seed) {
            Random random = new Random(seed);
            return "<!doctype html><html><head><title>" + word(random) + "</title></head><body>" + tree(random, PAGE, 6)
                    + "</body></html>";
        }
    },
    STUDY(SourceTexts::ofJson) {
        @Override
        String make(int seed) {
            Random random = new Random(seed);
            return "{\"protocolSection\": {\"identificationModule\": {\"nctId\": \"NCT00000001\", \"briefTitle\": \""
                    + word(random) + "\"}, \"descriptionModule\": " + object(random, 2) + ", \"conditionsModule\":"
                    + " {\"conditions\": [\"" + word(random) + "\"]}, \"armsInterventionsModule\": {\"armGroups\": ["
                    + object(random, 2) + "]}, \"otherModule\": " + object(random, 4) + "}, \"resultsSection\": "
                    + object(random, 5) + ", \"derivedSection\": " + object(random, 3) + ", \"newSection\": "
                    + object(random, 3) + "}";
        }
    };

    private static final String FRONT =
            "abstract trans-abstract kwd-group kwd subj-group subject contrib-group contrib name surname"
                    + " given-names aff label author-notes corresp fn p bio notes pub-date year history date permissions license license-p"
                    + " funding-group award-group funding-source custom-meta-group custom-meta meta-name meta-value article-id issn"
                    + " trans-title-group trans-title subtitle alt-title self-uri product conference supplement unheard-of";
    private static final String BODY =
            "sec title label p p p list list-item def-list def-item term def fn fn-group table-wrap"
                    + " caption table tbody tr td th tgroup row entry fig fig-group disp-quote attrib boxed-text statement speech speaker"
                    + " verse-group verse-line preformat disp-formula inline-formula math mfrac mn mi msup alternatives tex-math"
                    + " inline-graphic alt-text long-desc media supplementary-material glossary app app-group ack italic sup sub xref"
                    + " named-content question answer array unheard-of odd.name index-term break email name volume";
    private static final String REFS =
            "ref ref ref title p label mixed-citation element-citation citation-alternatives nlm-citation"
                    + " person-group name surname given-names article-title source year volume fpage lpage pub-id comment note uri"
                    + " edition publisher-loc unheard-of ref-list";
    private static final String GENERAL =
            "title head p para section div item list table tr td note author name label b i sup code"
                    + " programlisting figure figDesc teiHeader fileDesc titleStmt text body listBibl biblStruct abstract claim"
                    + " Abstract AbstractText Article ArticleTitle AuthorList Author LastName record metadata dc description creator"
                    + " unheard-of article front math mfrac mn annotation";
    private static final String PAGE =
            "div p span ul li table tr td th caption h1 h2 h3 pre nav header footer main article section"
                    + " aside details summary form label button select option noscript figure figcaption blockquote dl dt dd sup sub math"
                    + " mfrac mn svg a b em code unheard-of address center font small";
    private static final int MOST_CHILDREN = 4;

    private final Texts all;

    MadeUp(Texts all) {
        this.all = all;
    }

    /** Takes a source apart. */
    private interface Texts {
        List<String> of(String source) throws Exception;
    }

    abstract String make(int seed);

    /** All texts of such a source. */
    List<String> texts(String source) throws Exception {
        return all.of(source);
    }

    private static String word(Random random) {
        return "q" + Integer.toString(100_000 + random.nextInt(900_000), 36) + "w";
    }

    private static String pick(Random random, String... names) {
        return names[random.nextInt(names.length)];
    }

    private static String tree(Random random, String names, int depth) {
        StringBuilder xml = new StringBuilder();
        for (int i = random.nextInt(MOST_CHILDREN) + 1; i > 0; i--) {
            if (depth == 0 || random.nextInt(4) == 0) {
                xml.append(random.nextBoolean() ? " " : "")
                        .append(word(random))
                        .append(random.nextBoolean() ? " " : "");
            } else {
                String name = pick(random, names.split(" "));
                String attributes = name.equals("pub-id") ? " pub-id-type='doi'" : "";
                xml.append('<').append(name).append(attributes).append('>');
                xml.append(tree(random, names, depth - 1))
                        .append("</")
                        .append(name)
                        .append('>');
            }
        }
        return xml.toString();
    }

    private static String object(Random random, int depth) {
        StringBuilder json = new StringBuilder("{");
        for (int i = random.nextInt(MOST_CHILDREN) + 1; i > 0; i--) {
            json.append(json.length() == 1 ? "" : ", ").append('"');
            json.append(pick(
                    random, "title", "groups", "value", "groupId", "description", "label", "a/b", "id", "measure"));
            json.append(i).append("\": ").append(value(random, depth));
        }
        return json.append('}').toString();
    }

    private static String value(Random random, int depth) {
        return switch (depth == 0 ? 0 : random.nextInt(5)) {
            case 1 -> object(random, depth - 1);
            case 2 -> "[" + value(random, depth - 1) + ", " + value(random, depth - 1) + "]";
            case 3 -> String.valueOf(random.nextInt(1_000_000));
            case 4 -> "null";
            default -> "\"" + word(random) + "\"";
        };
    }
}
