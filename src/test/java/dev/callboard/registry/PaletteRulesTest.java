package dev.callboard.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callboard.palette.Origin;
import dev.callboard.palette.Palette;
import dev.callboard.palette.PaletteChange;
import dev.callboard.palette.PaletteEntry;
import dev.callboard.palette.StageDefinition;
import dev.callboard.palette.StageDefinitionReader;
import dev.callboard.testing.Stages;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** From one palette to another, what is remembered of the way, and what a restart makes of it. */
class PaletteRulesTest {
    @Test
    void nothingChangedIsNoChange() {
        Palette palette = at(7, Map.of("a", "A", "b", "B"));
        PaletteDiff diff = PaletteDiff.between(palette, entries(Map.of("a", "A", "b", "B"), 0));
        assertThat(diff.changes()).isEmpty();
        assertThat(diff.palette()).isEqualTo(palette);
    }

    @Test
    void eachChangeIsOneRevision() {
        PaletteDiff diff = PaletteDiff.between(
                at(7, Map.of("a", "A", "b", "B", "c", "C")), entries(Map.of("b", "B2", "c", "C", "d", "D"), 0));
        assertThat(diff.changes())
                .extracting(change -> change.revision() + " " + change.kind().word() + " "
                        + change.entry().id())
                .containsExactly("8 removed a", "9 updated b", "10 added d");
        assertThat(diff.palette().revision()).isEqualTo(10);
        assertThat(diff.palette().entry("c").orElseThrow().revision()).isEqualTo(7);
    }

    @Property(tries = 300)
    void theChangesAppliedToTheOldPaletteGiveTheNewOne(
            @ForAll("palettes") Map<String, String> before, @ForAll("palettes") Map<String, String> after) {
        Palette old = at(3, before);
        PaletteDiff diff = PaletteDiff.between(old, entries(after, 0));
        TreeMap<String, PaletteEntry> replayed = new TreeMap<>(old.entries());
        long revision = old.revision();
        for (PaletteChange change : diff.changes()) {
            assertThat(change.revision()).isEqualTo(++revision);
            if (change.kind() == PaletteChange.Kind.REMOVED) {
                assertThat(replayed.remove(change.entry().id())).isNotNull();
            } else {
                replayed.put(change.entry().id(), change.entry());
            }
        }
        assertThat(replayed).isEqualTo(diff.palette().entries());
        assertThat(diff.palette().revision()).isEqualTo(revision);
        assertThat(names(diff.palette())).isEqualTo(new TreeMap<>(after));
    }

    @Test
    void theHistoryGivesWhatCameAfter() {
        PaletteHistory history = new PaletteHistory();
        history.add(changes(5, 9));
        assertThat(revisions(history.since(4, 9))).containsExactly(5L, 6L, 7L, 8L, 9L);
        assertThat(revisions(history.since(8, 9))).containsExactly(9L);
        assertThat(revisions(history.since(9, 9))).isEmpty();
        assertThat(history.since(3, 9)).isEmpty();
        assertThat(history.since(10, 9)).isEmpty();
        assertThat(history.since(-1, 9)).isEmpty();
    }

    @Test
    void anEmptyHistoryKnowsTheRevisionNowAlone() {
        assertThat(new PaletteHistory().since(9, 9)).isPresent();
        assertThat(new PaletteHistory().since(8, 9)).isEmpty();
    }

    @Test
    void theHistoryForgetsTheOldestAndNeverLeavesAGap() {
        PaletteHistory history = new PaletteHistory();
        history.add(changes(1, PaletteHistory.SIZE));
        history.add(changes(PaletteHistory.SIZE + 1, PaletteHistory.SIZE + 10));
        long now = PaletteHistory.SIZE + 10;
        assertThat(history.since(9, now)).isEmpty();
        assertThat(revisions(history.since(10, now)))
                .hasSize(PaletteHistory.SIZE)
                .startsWith(11L);
    }

    @Test
    void aNewDataFolderStartsAtRevisionOne() {
        assertThat(PaletteRepository.resume(Optional.empty(), at(0, Map.of("a", "A")))
                        .revision())
                .isEqualTo(1);
    }

    @Test
    void aRestartWithoutAChangeKeepsEveryRevision() {
        Palette before = at(7, Map.of("a", "A", "b", "B"));
        Palette after = PaletteRepository.resume(stored(before), fresh(Map.of("a", "A", "b", "B")));
        assertThat(after).isEqualTo(before);
    }

    @Property(tries = 200)
    void aRestartWithChangesAddsExactlyOne(
            @ForAll("palettes") Map<String, String> before, @ForAll("palettes") Map<String, String> after) {
        Palette old = at(7, before);
        Palette now = PaletteRepository.resume(stored(old), fresh(after));
        assertThat(now.epoch()).isEqualTo(old.epoch());
        assertThat(now.revision()).isEqualTo(before.equals(after) ? 7 : 8);
        now.entries().forEach((id, entry) -> assertThat(entry.revision())
                .isEqualTo(after.get(id).equals(before.get(id)) ? 7 : 8));
    }

    @Provide
    Arbitrary<Map<String, String>> palettes() {
        return Arbitraries.maps(Arbitraries.of("a", "b", "c", "d", "e"), Arbitraries.of("X", "Y"));
    }

    private static Optional<PaletteRepository.Stored> stored(Palette palette) {
        Map<String, PaletteRepository.StoredEntry> entries = new TreeMap<>();
        palette.entries()
                .forEach((id, entry) ->
                        entries.put(id, new PaletteRepository.StoredEntry(entry.revision(), PaletteHash.of(entry))));
        return Optional.of(new PaletteRepository.Stored(palette.epoch(), palette.revision(), entries));
    }

    private static Palette fresh(Map<String, String> names) {
        return new Palette("new-epoch", 0, entries(names, 0));
    }

    private static Palette at(long revision, Map<String, String> names) {
        return new Palette("epoch", revision, entries(names, revision));
    }

    private static SortedMap<String, PaletteEntry> entries(Map<String, String> names, long revision) {
        SortedMap<String, PaletteEntry> entries = new TreeMap<>();
        names.forEach((id, name) -> entries.put(id, entry(id, name, revision)));
        return entries;
    }

    private static PaletteEntry entry(String id, String name, long revision) {
        StageDefinition definition =
                StageDefinitionReader.read(Stages.manual(id, name), "").definition();
        assertThat(definition).isNotNull();
        return new PaletteEntry(definition, Origin.CUSTOM, null, null, revision);
    }

    private static TreeMap<String, String> names(Palette palette) {
        TreeMap<String, String> names = new TreeMap<>();
        palette.entries()
                .forEach((id, entry) -> names.put(id, entry.definition().name()));
        return names;
    }

    private static List<PaletteChange> changes(long first, long last) {
        List<PaletteChange> changes = new ArrayList<>();
        for (long revision = first; revision <= last; revision++) {
            changes.add(new PaletteChange(PaletteChange.Kind.UPDATED, revision, entry("a", "A" + revision, revision)));
        }
        return changes;
    }

    private static List<Long> revisions(Optional<List<PaletteChange>> changes) {
        return changes.orElseThrow().stream().map(PaletteChange::revision).toList();
    }
}
