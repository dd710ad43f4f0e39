package dev.callboard.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.RequestOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The palette in two real browsers. */
@QuietMachine
class PaletteBrowserIT extends BrowserFixture {
    private static final double ONE_SECOND = 1_000;

    private Tab here;
    private Tab there;

    @BeforeEach
    void open() {
        here = chromium.open(server.url());
        there = chromium.open(server.url());
        here.waitForConnection("live");
        there.waitForConnection("live");
    }

    @AfterEach
    void close() {
        here.close();
        there.close();
    }

    @Test
    void aStageAddedInOneBrowserAppearsInTheOtherWithinASecond() {
        fillInDialog("Licence check");
        here.find("save-stage").click();
        appears(there, "licence-check");
        appears(here, "licence-check");
        here.assertClean();
        there.assertClean();
    }

    @Test
    void aStageAddedChangedAndRemovedByTheApiShowsInEveryBrowserWithinASecond() {
        add("spell-check", "Spell check");
        appears(here, "spell-check");
        appears(there, "spell-check");

        here.page()
                .request()
                .put(server.url() + "/api/vp/stages/spell-check", json(definition("spell-check", "Grammar check")));
        assertThat(there.row("spell-check"))
                .containsText("Grammar check", new LocatorAssertions.ContainsTextOptions().setTimeout(ONE_SECOND));

        here.page().request().delete(server.url() + "/api/vp/stages/spell-check");
        disappears(here, "spell-check");
        disappears(there, "spell-check");
        there.assertClean();
    }

    @Test
    void aHandEditOfTheStagesFileShowsInEveryBrowser() throws IOException {
        add("by-api", "By API");
        appears(there, "by-api");
        String file = Files.readString(server.stagesFile());
        Files.writeString(server.stagesFile(), file.replace("by-api", "by-hand").replace("By API", "By hand"));
        appears(here, "by-hand");
        appears(there, "by-hand");
        disappears(there, "by-api");
    }

    @Test
    void aStageIsEditedAndDeletedInTheBrowserAndTheDeletionUndone() {
        add("draft-check", "Draft check");
        appears(here, "draft-check");
        here.row("draft-check").click();
        here.find("edit-stage").click();
        field("field-name").fill("Final check");
        here.find("save-stage").click();
        assertThat(there.row("draft-check"))
                .containsText("Final check", new LocatorAssertions.ContainsTextOptions().setTimeout(ONE_SECOND));

        here.find("delete-stage").click();
        disappears(there, "draft-check");
        here.find("undo").click();
        appears(there, "draft-check");
        here.assertClean();
    }

    @Test
    void anUnreadableStagesFileIsShownAndRestored() throws IOException {
        add("kept", "Kept");
        appears(here, "kept");
        String good = Files.readString(server.stagesFile());
        Files.writeString(server.stagesFile(), good.substring(0, good.length() / 2));

        here.find("stages-file-banner").waitFor();
        assertThat(here.find("stages-file-banner")).containsText("line");
        assertThat(here.row("kept")).isVisible();
        assertThat(Files.readString(server.stagesFile())).isEqualTo(good.substring(0, good.length() / 2));

        here.find("restore").click();
        assertThat(there.find("stages-file-banner")).not().isVisible();
        appears(there, "kept");
        assertThat(Files.readString(server.stagesFile())).isEqualTo(good);
    }

    @Test
    void aRemovedStagesFileIsShownAndRestored() throws IOException {
        add("removed", "Removed");
        appears(here, "removed");
        String good = Files.readString(server.stagesFile());
        Files.delete(server.stagesFile());

        here.find("stages-file-banner").waitFor();
        assertThat(here.find("stages-file-banner")).containsText("was removed");
        disappears(here, "removed");

        here.find("restore").click();
        appears(here, "removed");
        assertThat(here.find("stages-file-banner")).not().isVisible();
        appears(there, "removed");
        assertThat(there.find("stages-file-banner")).not().isVisible();
        assertThat(Files.readString(server.stagesFile())).isEqualTo(good);
        here.assertClean();
    }

    @Test
    void aStageIsAddedWithTheKeyboardAlone() {
        here.page().keyboard().press("/");
        assertThat(here.find("palette-search")).isFocused();
        here.find("new-stage").focus();
        here.page().keyboard().press("Enter");
        assertThat(field("field-name")).isFocused();
        here.page().keyboard().type("Typed check");
        here.page().keyboard().press("Control+Enter");
        appears(there, "typed-check");
        here.assertClean();
    }

    @Test
    void aNameThatLooksLikeMarkupIsText() {
        add("markup", "<img src=x onerror=alert(1)>");
        appears(there, "markup");
        assertThat(there.row("markup")).containsText("<img src=x onerror=alert(1)>");
        there.row("markup").click();
        assertThat(there.find("stage-detail")).containsText("<img src=x");
        there.assertClean();
    }

    private void fillInDialog(String name) {
        here.find("new-stage").click();
        field("field-name").fill(name);
    }

    private Locator field(String testId) {
        return here.find(testId);
    }

    private void add(String id, String name) {
        APIResponse answer = here.page().request().post(server.url() + "/api/vp/stages", json(definition(id, name)));
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    }

    private static Map<String, Object> definition(String id, String name) {
        Object[] ports = {Map.of("name", "text", "type", "text")};
        return Map.of("id", id, "name", name, "type", "stage", "ports", Map.of("inputs", ports, "outputs", ports));
    }

    private static RequestOptions json(Map<String, Object> body) {
        return RequestOptions.create().setData(body);
    }

    /** The list is virtual, so the entry is looked for as a person would: by searching. */
    private static void appears(Tab tab, String id) {
        tab.find("palette-search").fill(id);
        tab.row(id).waitFor(new Locator.WaitForOptions().setTimeout(ONE_SECOND));
    }

    private static void disappears(Tab tab, String id) {
        assertThat(tab.row(id)).hasCount(0, new LocatorAssertions.HasCountOptions().setTimeout(2 * ONE_SECOND));
    }
}
