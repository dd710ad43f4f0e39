package dev.callboard.palette;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callboard.json.Json;
import dev.callboard.testing.PaletteEntries;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The shape in which the API and the command line show the palette. */
class PaletteWriterTest {
    @Test
    void eachKindOfEntryHasItsOwnList() {
        SortedMap<String, PaletteEntry> entries = new TreeMap<>();
        entries.put("read", PaletteEntries.java("read", EntryType.SOURCE, Origin.BUILTIN));
        entries.put("think", PaletteEntries.java("think", EntryType.STAGE, Origin.BUILTIN));
        Map<String, Object> whole = PaletteWriter.whole(new Palette("epoch", 7, entries));
        assertThat(whole.keySet()).containsExactly("epoch", "revision", "stages", "sources", "sinks");
        assertThat(whole)
                .containsEntry("epoch", "epoch")
                .containsEntry("revision", 7L)
                .containsEntry("sinks", List.of());
        assertThat(Json.write(whole.get("stages"))).contains("\"think\"").doesNotContain("\"read\"");
        assertThat(Json.write(whole.get("sources"))).contains("\"read\"").doesNotContain("\"think\"");
    }
}
