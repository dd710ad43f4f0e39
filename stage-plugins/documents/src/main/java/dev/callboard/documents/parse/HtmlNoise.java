package dev.callboard.documents.parse;

import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.select.Elements;

/** What is on a page but not part of what it says. */
final class HtmlNoise {
    /** By the elements' and roles' meaning in HTML and ARIA. */
    private static final String BY_MEANING = "script, style, noscript, template, iframe, object, embed, svg, canvas,"
            + " audio, video, nav, button, input, select, textarea, dialog, [hidden], [aria-hidden=true],"
            + " [style*=display:none], [style*=display: none],"
            + " [role=navigation], [role=search], [role=banner], [role=contentinfo], [role=menu], body > footer";

    /** MediaWiki's furniture, the commonest on saved pages: edit links, contents, jump links, categories, markers. */
    private static final String MEDIAWIKI = ".mw-editsection, .noprint, .mw-jump, .mw-jump-link, #toc, .toc,"
            + " #jump-to-nav, #siteSub, #siteNotice, #contentSub, .printfooter, .catlinks, .mw-cite-backlink, .navbox,"
            + " .sistersitebox, .mw-hidden-catlinks";

    private HtmlNoise() {}

    /** Removes it from a page. */
    static void remove(Document page) {
        for (Element element : page.select(BY_MEANING + ", " + MEDIAWIKI)) {
            // A page that puts all of itself into such an element would be lost as a whole.
            if (!element.is("html, body, main, [role=main]")
                    && element.select("main, [role=main]").isEmpty()) {
                element.remove();
            }
        }
    }

    /** The one element that holds the content: {@code main}, else the only {@code article}, else the body. */
    static Element mainPart(Document page) {
        for (String selector : new String[] {"main, [role=main]", "article"}) {
            Elements found = page.select(selector);
            if (found.size() == 1 && !found.first().text().isBlank()) {
                return found.first();
            }
        }
        return page.body();
    }
}
