package dev.callboard.documents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** D2, D6, D7, D8, D12 on pages. */
class PagesTest {
    @Test
    void markupThatAPageQuotesIsText() throws Exception {
        assertThat(Read.blocks(Read.page("<p>Use <code>&lt;ol&gt;</code> and <code>list&lt;int&gt;</code>.</p>")))
                .containsExactly("paragraph: Use <ol> and list<int>.");
    }

    @Test
    void pictureAndProgramsInAPageAreNoText() throws Exception {
        Map<String, Object> page = Read.page("<p>Words.</p><img src='data:image/png;base64," + "A".repeat(90_000)
                + "'><script>" + "let x = 1;".repeat(9_000) + "</script>");
        assertThat(page).containsEntry("text", "Words.");
        assertThat(Read.leftOut(page)).containsExactly("script: a program or style, not text");
    }

    @Test
    void whatTheHeadSaysWithoutScriptsIsRead() throws Exception {
        String page = "<!doctype html><html><head><title>T</title><noscript>%s</noscript></head><body><p>Body.</p>";
        assertThat(Read.blocks(Read.file("a.html", page.formatted("Words in the head."))))
                .containsExactly("paragraph: Words in the head.", "paragraph: Body.");
        assertThat(Read.blocks(Read.file("a.html", page.formatted("<p>More words.</p>"))))
                .containsExactly("paragraph: More words.", "paragraph: Body.");
    }

    @Test
    void questionsStandApartFromTheirAnswers() throws Exception {
        assertThat(Read.blocks(Read.page("<details><summary>How long?</summary>Three metres.</details>"
                        + "<fieldset><legend>Choose</legend>Red or blue</fieldset>")))
                .containsExactly(
                        "paragraph: How long?",
                        "paragraph: Three metres.",
                        "paragraph: Choose",
                        "paragraph: Red or blue");
    }

    @Test
    void wellFormedXhtmlIsXml() throws Exception {
        String head = "<html xmlns='http://www.w3.org/1999/xhtml'><head><title/><script src='a.js'/></head><body>";
        assertThat(Read.file(
                        "a.xhtml",
                        "<?xml version='1.0'?>" + head + "<p><![CDATA[a < b]]> &eacute;</p><p>Two.</p></body></html>"))
                .containsEntry("text", "a < b é\n\nTwo.");
        assertThat(
                        Read.file(
                                "a.html",
                                head
                                        + "<TABLE><tr><td rowspan='2'>x</td><td>1</td></tr><tr><td>2</td></tr></TABLE></body></html>"))
                .containsEntry("text", "x | 1\nx | 2");
        assertThat(Read.file(
                        "a.html",
                        "<?xml version='1.0'?>" + head
                                + "<p>Not & well-formed words.<br>Two.</p><p>Three.</p></body></html>"))
                .containsEntry("text", "Not & well-formed words.\nTwo.\n\nThree.");
    }

    @Test
    void aMainPartIsTakenOnlyWhenItHoldsMostOfTheText() throws Exception {
        String story = "<div><p>The long story of the harbour goes on and on.</p></div>";
        for (String small : List.of("<main>Search</main>", "<div class=side><article>Teaser</article></div>")) {
            assertThat((String) Read.page(small + story).get("text")).contains("long story");
        }
        Map<String, Object> page = Read.page("<div id=side>Teaser</div><main>" + story + "</main>");
        assertThat(page).containsEntry("text", "The long story of the harbour goes on and on.");
        assertThat(Read.leftOut(page)).containsExactly("div#side: outside the main part of the page");
    }

    @Test
    void menusAndCommentsThatOnlyTheirClassesTellAreLeftOutAndNamed() throws Exception {
        String story = "<p>The long story of the harbour, told " + "again and ".repeat(30) + "again.</p>";
        String links =
                "<ul><li><a href=/>Home</a></li><li><a href=/news>News</a></li><li><a href=/us>About us</a></li></ul>";
        Map<String, Object> page =
                Read.page("<div class='main-menu'>" + links + "</div><p id=breadcrumbs><a href=/>Home</a> &gt;"
                        + " <a href=/news>News</a></p><h1>Harbour</h1>" + story + "<div class=topNav>" + links
                        + "</div><div id=comments><p>First!</p><p>Nice story.</p></div>");
        assertThat((String) page.get("text"))
                .doesNotContain("About us", "Home", "First!")
                .contains("long story", "Harbour");
        assertThat(Read.leftOut(page))
                .containsExactlyInAnyOrder(
                        "div.main-menu: a menu, header or footer of the site",
                        "p#breadcrumbs: a menu, header or footer of the site",
                        "div.topNav: a menu, header or footer of the site",
                        "div#comments: comments of readers");
    }

    @Test
    void aNameAloneMakesNoMenu() throws Exception {
        String story = "<p>The long story of the harbour, told " + "again and ".repeat(30) + "again.</p>";
        for (String kept : List.of(
                "<div class=menu><p>Soup 4</p><p>Fish of the day 12</p></div>",
                "<div class=menu><p>Fish of the day, caught by <a href=/a>Ann</a> or by <a href=/b>Bob</a>.</p></div>",
                "<div class=menu><a href=/only>The only link</a></div>",
                "<ul class=nav><li><a href=/a>A headline that says what was caught in the harbour today</a></li>"
                        + "<li><a href=/b>Another headline that says who caught the fish in the harbour</a></li></ul>",
                "<div class=comment-policy><p>Be kind.</p></div>")) {
            Map<String, Object> page = Read.page(story + kept);
            assertThat(page.get("left_out")).as(kept).isEqualTo(List.of());
        }
        // What is most of a page is what it says, whatever it is called.
        assertThat((String) Read.page("<div id=nav><a href=/a>One</a><a href=/b>Two</a></div><p>End</p>")
                        .get("text"))
                .contains("One", "End");
    }

    @Test
    void wordsForReadersWithoutProgramsAndFoldedOnesAreKept() throws Exception {
        assertThat(Read.blocks(Read.page(
                        "<noscript><p>Plain.</p></noscript><details><summary>Q</summary><p>A.</p></details>")))
                .containsExactly("paragraph: Plain.", "paragraph: Q", "paragraph: A.");
        assertThat(Read.leftOut(Read.page(
                        "<nav>Home</nav><button>Go</button><p hidden>No</p><svg><text>D</text></svg><p>Words.</p>")))
                .containsExactlyInAnyOrder(
                        "nav: a menu, header or footer of the site",
                        "button: a control of a form",
                        "p: hidden",
                        "svg: words in a drawing");
    }

    @Test
    void aPageThatHidesNearlyAllOfItselfIsReadWhole() throws Exception {
        TestContext context = new TestContext()
                .file(
                        "a.html",
                        "<!doctype html><title>t</title><div style='display:none'><p>" + "All the words. ".repeat(20)
                                + "</p></div>");
        assertThat((String) context.document().get("text")).startsWith("All the words.");
        assertThat(context.lines()).anyMatch(line -> line.startsWith("a.html is read with its menus and hidden parts"));
    }

    @Test
    void spannedCellsStandUnderTheirOwnHeadings() throws Exception {
        assertThat(Read.page(
                        "<table><tr><th>Ship<th>Year<th>Tons<tr><td rowspan=2>Tern<td>1900<td>5<tr><td>1901<td>6<tr><td"
                                + " colspan=2>All<td>11</table>"))
                .containsEntry("text", "Ship | Year | Tons\nTern | 1900 | 5\nTern | 1901 | 6\nAll | | 11");
    }

    @Test
    void oldElementsForCodeAreCode() throws Exception {
        assertThat(Read.blocks(Read.page("<xmp><b>bold</b> text</xmp><listing>if a &lt; b</listing>")))
                .containsExactly("code: <b>bold</b> text", "code: if a < b");
    }

    @Test
    void framesAreFilesOfTheirOwn() {
        assertThatThrownBy(() -> Read.file(
                        "f.html",
                        "<html><frameset><frame src=a.html><noframes>No frames.</noframes></frameset></html>"))
                .hasMessage("f.html is a frameset, which holds no text: its frames are files of their own.");
        assertThatThrownBy(() -> Read.file("g.html", "<frameset cols=20%,80%><frame src=a.html><frame src=b.html></frameset>"))
                .hasMessage("g.html is a frameset, which holds no text: its frames are files of their own.");
    }
}
