package dev.callboard.documents.parse;

import dev.callboard.documents.ir.CleanText;
import dev.callboard.documents.ir.DocumentBuilder;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.select.Elements;

/** What is on a page but not part of what it says. All that goes is named. */
final class HtmlNoise {
    private static final String HIDDEN =
            "[hidden], [aria-hidden=true], [style*=display:none], [style*=display: none], dialog:not([open])";

    /** By the elements' and roles' meaning in HTML and ARIA: what, and why. */
    private static final Map<String, String> BY_MEANING = new LinkedHashMap<>();

    /** What is no text for anybody, however a page is read. */
    private static final Map<String, String> NEVER = Map.of(
            "script, style, template", "a program or style, not text",
            "iframe, object, embed, canvas, audio, video", "stands for another file",
            "svg", "words in a drawing");

    /** MediaWiki's furniture, the commonest on saved pages: edit links, contents, jump links, categories, markers. */
    private static final String MEDIAWIKI = ".mw-editsection, .noprint, .mw-jump, .mw-jump-link, #toc, .toc,"
            + " #jump-to-nav, #siteSub, #siteNotice, #contentSub, .printfooter, .catlinks, .mw-cite-backlink, .navbox,"
            + " .sistersitebox, .mw-hidden-catlinks";

    static {
        BY_MEANING.put(
                "nav, [role=navigation], [role=menu], [role=search], [role=banner], [role=contentinfo], body > footer",
                "a menu, header or footer of the site");
        BY_MEANING.put("button, input, select, textarea", "a control of a form");
        BY_MEANING.put(HIDDEN, "hidden");
        BY_MEANING.put(MEDIAWIKI, "a menu, header or footer of the site");
    }

    private HtmlNoise() {}

    static boolean isHidden(Element element) {
        return element.is(HIDDEN);
    }

    /**
     * Removes it from a page.
     *
     * @param whole whether menus and hidden parts stay
     */
    static void remove(Document page, DocumentBuilder document, boolean whole) {
        NEVER.forEach((selector, reason) -> remove(page, selector, reason, document));
        if (!whole) {
            BY_MEANING.forEach((selector, reason) -> remove(page, selector, reason, document));
            HtmlFurniture.of(page).forEach((element, reason) -> remove(element, reason, document));
        }
    }

    private static void remove(Document page, String selector, String reason, DocumentBuilder document) {
        for (Element element : page.select(selector)) {
            if (element.parent() != null && isNoise(element)) {
                remove(element, reason, document);
            }
        }
    }

    private static void remove(Element element, String reason, DocumentBuilder document) {
        String data = element.data();
        document.leftOut(where(element), reason, data.isEmpty() ? element.wholeText() : data);
        element.remove();
    }

    /** A page that puts all of itself into such an element would be lost as a whole. */
    private static boolean isNoise(Element element) {
        return !element.is("html, body, main, [role=main]")
                && element.select("main, [role=main]").isEmpty();
    }

    /** How many characters of a page are menus, controls and hidden parts. */
    static long characters(Document page) {
        long before = CleanText.length(page.body().wholeText());
        String all = String.join(", ", BY_MEANING.keySet()) + ", " + String.join(", ", NEVER.keySet());
        for (Element element : page.select(all)) {
            if (element.parent() != null && isNoise(element)) {
                element.remove();
            }
        }
        HtmlFurniture.of(page).keySet().forEach(Element::remove);
        return before - CleanText.length(page.body().wholeText());
    }

    /** Short and stable: {@code nav}, {@code div.menu}, {@code div#footer}. */
    private static String where(Element element) {
        String name = element.normalName();
        if (!element.id().isEmpty()) {
            return name + "#" + element.id();
        }
        return element.classNames().isEmpty()
                ? name
                : name + "." + element.classNames().iterator().next();
    }

    /**
     * The one element that holds the content: {@code main}, else the only {@code article}, where it holds most of the page's
     * text; else the body.
     */
    static Element mainPart(Document page) {
        long all = CleanText.length(page.body().wholeText());
        for (String selector : new String[] {"main, [role=main]", "article"}) {
            Elements found = page.select(selector);
            if (found.size() == 1 && CleanText.length(found.first().wholeText()) * 2 > all) {
                return found.first();
            }
        }
        return page.body();
    }

    /** Names what stands beside the main part. */
    static void outside(Document page, Element main, DocumentBuilder document) {
        for (Element at = main; at != page.body() && at.parent() != null; at = at.parent()) {
            for (Element beside : at.siblingElements()) {
                document.leftOut(where(beside), "outside the main part of the page", beside.wholeText());
            }
            Element parent = at.parent();
            document.leftOut(where(parent), "outside the main part of the page", parent.wholeOwnText());
        }
    }
}
