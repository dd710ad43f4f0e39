package dev.callboard.browser;

import com.microsoft.playwright.Page;
import java.util.List;

/**
 * Whether anything on a page is wider than the pane it stands in. A pane is what clips or scrolls: the page, a column, a
 * card's viewer. Boxes that are made to scroll sideways (a log, a table, raw text) may hold what is wider than they are.
 */
final class Panes {
    private static final String CHECK =
            """
            () => {
              const boxes = '.viewer, .log-box, .table-wrap, .md-wide, .doc-table, .doc-code, pre, .stepper, .stepper-scroll, '
                + '.json-full, .config, textarea, input, select, [role=tree], .truncate';
              const hidden = '.visually-hidden, .skip, .app-header';
              const paneOf = (element) => {
                let up = element.parentElement;
                while (up && getComputedStyle(up).overflowX === 'visible') up = up.parentElement;
                return up ?? document.documentElement;
              };
              const named = ({ tagName, className }) => `${tagName.toLowerCase()}.${className?.baseVal ?? className}`;
              for (const each of document.querySelectorAll('details')) each.open = true;
              const found = [];
              for (const element of document.body.querySelectorAll('*')) {
                if (element.parentElement.closest('svg') || element.closest(hidden) || !element.checkVisibility()) continue;
                const { left, right, width, height } = element.getBoundingClientRect();
                const pane = paneOf(element);
                if (width === 0 || height === 0 || pane.closest(boxes)) continue;
                const page = pane === document.documentElement;
                const edge = page ? { left: 0, right: innerWidth } : pane.getBoundingClientRect();
                if (right <= edge.right + 1.5 && left >= edge.left - 1.5) continue;
                found.push(`${named(element)} ${left}…${right} in ${named(pane)} ${edge.left}…${edge.right}`);
              }
              return found.slice(0, 10);
            }
            """;

    private Panes() {}

    /** Each element that is wider than its pane, with both places in px; details are opened first. */
    @SuppressWarnings("unchecked")
    static List<String> wider(Page page) {
        page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))");
        return (List<String>) page.evaluate(CHECK);
    }
}
