package dev.callboard.documents.parse;

import dev.callboard.documents.ir.CleanText;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.select.Elements;

/**
 * Menus and readers' comments that pages mark by nothing but a class or an id. A name alone is no proof (a restaurant has a
 * menu, too): a menu is short links and little else, and neither of them is most of the page.
 */
final class HtmlFurniture {
    private static final String MENU_REASON = "a menu, header or footer of the site";
    private static final String COMMENTS_REASON = "comments of readers";

    /** The fewest links of a menu. */
    private static final int MENU_LINKS = 2;

    /** Of the letters of a menu so many tenths are in links. */
    private static final int MENU_TENTHS = 8;

    /** The most letters of a link of a menu, on the average. */
    private static final int MENU_LABEL = 40;

    /** Words of classes and ids, where these are divided by hyphens, underscores, blanks or capitals. */
    private static final Pattern MENU = word(
            "menu|submenu|nav|navbar|navi|navigation|topnav|sidenav|subnav|breadcrumbs?|pagination|pager|toolbar|sitemap"
                    + "|quicklinks|sharing|share");

    private static final Pattern COMMENTS = Pattern.compile(
            "(?i)(?:^| )(?:comments?-?(?:list|area|section|thread|wrapper)|comments|disqus_thread)(?: |$)");

    private static final String CONTAINERS =
            "div, ul, ol, dl, table, section, aside, p, span, td, center, header, footer";

    private HtmlFurniture() {}

    private static Pattern word(String words) {
        return Pattern.compile("(?:^|[-_ ]|(?<=[a-z0-9]))(?i:" + words + ")(?:[-_ \\d]|(?=[A-Z])|$)");
    }

    /** The outermost of them, with the reason for which they are no part of what the page says. */
    static Map<Element, String> of(Document page) {
        Map<Element, String> found = new LinkedHashMap<>();
        long all = CleanText.length(page.body().wholeText());
        for (Element element : page.body().select(CONTAINERS)) {
            String names = (element.className() + " " + element.id()).strip();
            if (names.isEmpty() || element.parents().stream().anyMatch(found::containsKey)) {
                continue;
            }
            long own = CleanText.length(element.wholeText());
            boolean content = own * 2 > all || element.selectFirst("h1, main, [role=main]") != null;
            if (!content && MENU.matcher(names).find() && isLinks(element)) {
                found.put(element, MENU_REASON);
            } else if (!content && COMMENTS.matcher(names).find()) {
                found.put(element, COMMENTS_REASON);
            }
        }
        return found;
    }

    private static boolean isLinks(Element element) {
        Elements links = element.select("a[href]");
        long inLinks = links.stream().mapToLong(link -> letters(link.text())).sum();
        return links.size() >= MENU_LINKS
                && inLinks <= (long) links.size() * MENU_LABEL
                && inLinks * 10 >= letters(element.text()) * MENU_TENTHS;
    }

    /** What stands between links, such as arrows, is no text beside them. */
    private static long letters(String text) {
        return text.codePoints().filter(Character::isLetterOrDigit).count();
    }
}
