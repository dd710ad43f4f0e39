package dev.callboard.documents.ingest;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Tells XML, JATS, XHTML, SVG and HTML apart by what stands before and in the root element. */
final class Markup {
    private static final String DOCBOOK = "docbook";

    /** A start tag that ends in the head, or that the head cuts. */
    private static final Pattern START_TAG =
            Pattern.compile("<((?:[\\p{L}_][\\p{L}\\p{N}._-]*:)?([\\p{L}_][\\p{L}\\p{N}._-]*))(\\s[^<>]*|/)?(>|$)");

    private static final Pattern JATS_DTD =
            Pattern.compile("jats|nlm//dtd|journal ?publishing|archivearticle|journalarchiv|articleauthoring");

    private static final Set<String> JATS_CHILDREN = Set.of(
            "front",
            "front-stub",
            "processing-meta",
            "body",
            "back",
            "sub-article",
            "response",
            "floats-group",
            "floats-wrap");

    private static final Pattern HTML_INSIDE = Pattern.compile("<(h[1-6]|div|span|ul|ol|header|figure|time|a)[\\s>]");

    /** Elements with which a fragment of HTML may begin. */
    private static final Set<String> HTML = Set.of(
            "html",
            "head",
            "body",
            "frameset",
            "title",
            "meta",
            "link",
            "script",
            "style",
            "base",
            "div",
            "span",
            "p",
            "a",
            "b",
            "i",
            "h1",
            "h2",
            "h3",
            "h4",
            "h5",
            "h6",
            "ul",
            "ol",
            "li",
            "dl",
            "table",
            "pre",
            "main",
            "section",
            "nav",
            "header",
            "footer",
            "center",
            "font",
            "img",
            "br",
            "hr",
            "form",
            "blockquote");

    private Markup() {}

    /**
     * The media type of a text that begins with {@code <}.
     *
     * @return null when that is not the start of markup
     */
    static String typeOf(String text) {
        boolean declared = text.startsWith("<?xml");
        String doctype = "";
        int at = 0;
        while (at < text.length()) {
            at = skipSpace(text, at);
            if (text.startsWith("<?", at)) {
                at = Doctype.after(text, "?>", at);
            } else if (text.startsWith("<!--", at)) {
                at = Doctype.after(text, "-->", at + 4);
            } else if (text.regionMatches(true, at, "<!DOCTYPE", 0, 9)) {
                int end = Doctype.end(text, at);
                doctype = text.substring(at, end).toLowerCase(Locale.ROOT);
                at = end;
            } else {
                return rootType(text, at, declared, doctype);
            }
        }
        return doctype.matches("(?s)<!doctype\\s+html.*") ? MediaTypes.HTML : MediaTypes.XML;
    }

    private static String rootType(String text, int at, boolean declared, String doctype) {
        if (doctype.matches("(?s)<!doctype\\s+html.*")) {
            return declared ? MediaTypes.XHTML : MediaTypes.HTML;
        }
        Matcher tag = START_TAG.matcher(text).region(at, text.length());
        if (!tag.lookingAt()) {
            return declared || !doctype.isEmpty() ? MediaTypes.XML : null;
        }
        String name = tag.group(2);
        String attributes = tag.group(3) == null ? "" : tag.group(3);
        if (name.equals("article")) {
            return articleType(text, tag.end(), declared, doctype, attributes);
        }
        if (name.equals("svg")) {
            return "image/svg+xml";
        }
        if (name.equalsIgnoreCase("html")) {
            return declared ? MediaTypes.XHTML : MediaTypes.HTML;
        }
        if (!declared && doctype.isEmpty() && attributes.isBlank() && !text.contains("</") && !text.contains("/>")) {
            // A chat, a mail, a log: nothing is ever closed.
            return HTML.contains(name.toLowerCase(Locale.ROOT)) ? MediaTypes.HTML : null;
        }
        boolean html = HTML.contains(name.toLowerCase(Locale.ROOT)) && !attributes.contains("xmlns");
        return html && !declared && doctype.isEmpty() ? MediaTypes.HTML : MediaTypes.XML;
    }

    /**
     * Many formats have a root of this name. JATS is known by its DTD, by attributes that only it has, or by what stands right
     * below the root; HTML by what stands in it, in a fragment that declares nothing.
     */
    private static String articleType(String text, int at, boolean declared, String doctype, String attributes) {
        String child = firstChild(text, at);
        if (attributes.contains(DOCBOOK) || doctype.contains(DOCBOOK)) {
            return MediaTypes.XML;
        }
        if (JATS_DTD.matcher(doctype).find() || attributes.contains("dtd-version") || JATS_CHILDREN.contains(child)) {
            return MediaTypes.JATS;
        }
        boolean fragment =
                !declared && doctype.isEmpty() && HTML_INSIDE.matcher(text).find();
        if (fragment) {
            return MediaTypes.HTML;
        }
        return child.isEmpty() && !text.startsWith("/", at) ? MediaTypes.JATS : MediaTypes.XML;
    }

    /** The name of the first element after a place; empty when the text ends before. */
    private static String firstChild(String text, int from) {
        int at = skipSpace(text, from);
        while (at < text.length()) {
            if (text.startsWith("<?", at)) {
                at = Doctype.after(text, "?>", at);
            } else if (text.startsWith("<!--", at)) {
                at = Doctype.after(text, "-->", at + 4);
            } else {
                Matcher tag = START_TAG.matcher(text).region(at, text.length());
                return tag.lookingAt() ? tag.group(2) : "";
            }
            at = skipSpace(text, at);
        }
        return "";
    }

    private static int skipSpace(String text, int at) {
        int next = at;
        while (next < text.length() && Character.isWhitespace(text.charAt(next))) {
            next++;
        }
        return next;
    }
}
