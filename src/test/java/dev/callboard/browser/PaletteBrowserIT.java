package dev.callboard.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.RequestOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The palette in two real browsers. */
class PaletteBrowserIT {
    private static final double ONE_SECOND = 1_000;

    private static Chromium chromium;

    @TempDir
    Path folder;

    private PackagedServer server;
    private Tab alice;
    private Tab bob;

    @BeforeAll
    static void launch() {
        chromium = Chromium.launch();
    }

    @AfterAll
    static void quit() {
        chromium.close();
    }

    @BeforeEach
    void open() {
        server = PackagedServer.start(folder);
        alice = chromium.open(server.url());
        bob = chromium.open(server.url());
        alice.waitForConnection("live");
        bob.waitForConnection("live");
    }

    @AfterEach
    void close() {
        alice.close();
        bob.close();
        server.close();
    }

    @Test
    void aStageAddedInOneBrowserAppearsInTheOtherWithinASecond() {
        fillInDialog("Licence check");
        alice.find("save-stage").click();
        appears(bob, "licence-check");
        appears(alice, "licence-check");
        alice.assertClean();
        bob.assertClean();
    }

    @Test
    void aStageAddedChangedAndRemovedByTheApiShowsInEveryBrowserWithinASecond() {
        add("spell-check", "Spell check");
        appears(alice, "spell-check");
        appears(bob, "spell-check");

        alice.page()
                .request()
                .put(server.url() + "/api/vp/stages/spell-check", json(definition("spell-check", "Grammar check")));
        assertThat(bob.row("spell-check"))
                .containsText("Grammar check", new LocatorAssertions.ContainsTextOptions().setTimeout(ONE_SECOND));

        alice.page().request().delete(server.url() + "/api/vp/stages/spell-check");
        disappears(alice, "spell-check");
        disappears(bob, "spell-check");
        bob.assertClean();
    }

    @Test
    void aHandEditOfTheStagesFileShowsInEveryBrowser() throws IOException {
        add("by-api", "By API");
        appears(bob, "by-api");
        String file = Files.readString(server.stagesFile());
        Files.writeString(server.stagesFile(), file.replace("by-api", "by-hand").replace("By API", "By hand"));
        appears(alice, "by-hand");
        appears(bob, "by-hand");
        disappears(bob, "by-api");
    }

    @Test
    void aStageIsEditedAndDeletedInTheBrowserAndTheDeletionUndone() {
        add("draft-check", "Draft check");
        appears(alice, "draft-check");
        alice.row("draft-check").click();
        alice.find("edit-stage").click();
        field("field-name").fill("Final check");
        alice.find("save-stage").click();
        assertThat(bob.row("draft-check"))
                .containsText("Final check", new LocatorAssertions.ContainsTextOptions().setTimeout(ONE_SECOND));

        alice.find("delete-stage").click();
        disappears(bob, "draft-check");
        alice.find("undo").click();
        appears(bob, "draft-check");
        alice.assertClean();
    }

    @Test
    void anUnreadableStagesFileIsShownAndRestored() throws IOException {
        add("kept", "Kept");
        appears(alice, "kept");
        String good = Files.readString(server.stagesFile());
        Files.writeString(server.stagesFile(), good.substring(0, good.length() / 2));

        alice.find("stages-file-banner").waitFor();
        assertThat(alice.find("stages-file-banner")).containsText("line");
        assertThat(alice.row("kept")).isVisible();
        assertThat(Files.readString(server.stagesFile())).isEqualTo(good.substring(0, good.length() / 2));

        alice.find("restore").click();
        assertThat(bob.find("stages-file-banner")).not().isVisible();
        assertThat(bob.row("kept")).isVisible();
        assertThat(Files.readString(server.stagesFile())).isEqualTo(good);
    }

    @Test
    void aStageIsAddedWithTheKeyboardAlone() {
        alice.page().keyboard().press("/");
        assertThat(alice.find("palette-search")).isFocused();
        alice.find("new-stage").focus();
        alice.page().keyboard().press("Enter");
        assertThat(field("field-name")).isFocused();
        alice.page().keyboard().type("Typed check");
        alice.page().keyboard().press("Control+Enter");
        appears(bob, "typed-check");
        alice.assertClean();
    }

    @Test
    void aNameThatLooksLikeMarkupIsText() {
        add("markup", "<img src=x onerror=alert(1)>");
        appears(bob, "markup");
        assertThat(bob.row("markup")).containsText("<img src=x onerror=alert(1)>");
        bob.row("markup").click();
        assertThat(bob.find("stage-detail")).containsText("<img src=x");
        bob.assertClean();
    }

    private void fillInDialog(String name) {
        alice.find("new-stage").click();
        field("field-name").fill(name);
    }

    private Locator field(String testId) {
        return alice.find(testId);
    }

    private void add(String id, String name) {
        APIResponse answer = alice.page().request().post(server.url() + "/api/vp/stages", json(definition(id, name)));
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
