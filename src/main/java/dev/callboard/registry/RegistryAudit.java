package dev.callboard.registry;

import dev.callboard.audit.AuditEntry;
import dev.callboard.bus.Caller;
import dev.callboard.palette.Origin;
import dev.callboard.palette.Palette;
import dev.callboard.palette.PaletteChange;
import dev.callboard.palette.PaletteEntry;
import dev.callboard.plugins.PluginStatus;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The entries of the audit log about the palette. Pure: it makes rows and stores none. */
final class RegistryAudit {
    private RegistryAudit() {}

    /** An edit that somebody asked for. */
    static AuditEntry edited(Caller caller, PaletteChange change, Instant now) {
        PaletteEntry entry = change.entry();
        AuditEntry.Target stage =
                new AuditEntry.Target(entry.id(), entry.definition().label());
        return AuditEntry.by(caller, "stage." + change.kind().word(), stage, describe(change), now);
    }

    private static String describe(PaletteChange change) {
        PaletteEntry entry = change.entry();
        return entry.origin().name().toLowerCase(Locale.ROOT)
                + (entry.plugin() == null ? "" : " of plugin " + entry.plugin())
                + ", executor " + entry.definition().executor().word()
                + ", palette revision " + change.revision();
    }

    /** The stages file was restored. */
    static AuditEntry restored(Caller caller, String file, Instant now) {
        return AuditEntry.by(caller, "stages_file.restored", target(file), "the last good state, by choice", now);
    }

    private static AuditEntry.Target target(String file) {
        return new AuditEntry.Target(file, String.valueOf(Path.of(file).getFileName()));
    }

    /** What was found outside: changes of stages, of jars and of the stages file. */
    static List<AuditEntry> found(
            PublishedPalette.State before, PaletteSources.Found found, List<PaletteChange> changes, Instant now) {
        List<AuditEntry> entries = new ArrayList<>();
        Caller file = Caller.file(Path.of(found.file().path()));
        List<PluginStatus> jars = new ArrayList<>(found.plugins());
        jars.addAll(before.plugins());
        changes.forEach(change -> entries.add(edited(from(change.entry(), file, jars), change, now)));
        entries.addAll(plugins(before.plugins(), found.plugins(), now));
        if (before.file().readable() != found.file().readable()) {
            String detail = found.file().readable() ? "" : found.file().fault();
            entries.add(AuditEntry.by(
                    file,
                    "stages_file." + (found.file().readable() ? "readable" : "unreadable"),
                    target(found.file().path()),
                    detail,
                    now));
        }
        return entries;
    }

    /**
     * Where a change of an entry came from.
     *
     * @param jars as they are now, then as they were before
     */
    private static Caller from(PaletteEntry entry, Caller file, List<PluginStatus> jars) {
        if (entry.origin() == Origin.CUSTOM) {
            return file;
        }
        return jars.stream()
                .filter(jar -> jar.stages().contains(entry.id()))
                .filter(jar -> entry.plugin() == null || entry.plugin().equals(jar.name()))
                .findFirst()
                .map(RegistryAudit::from)
                .orElse(Caller.plugins(""));
    }

    private static Caller from(PluginStatus jar) {
        return jar.bundled() ? Caller.ENGINE : Caller.plugins(jar.file());
    }

    /** Jars that are new, gone or in another state than before. */
    static List<AuditEntry> plugins(List<PluginStatus> before, List<PluginStatus> after, Instant now) {
        List<AuditEntry> entries = new ArrayList<>();
        Map<String, PluginStatus> old = new HashMap<>();
        before.forEach(plugin -> old.put(plugin.file(), plugin));
        for (PluginStatus plugin : after) {
            // Of a load what counts is how it ends.
            boolean ended = !plugin.state().equals("loading");
            if (!plugin.equals(old.remove(plugin.file())) && ended) {
                entries.add(toldOf(plugin, plugin.state(), now));
            }
        }
        old.values().forEach(gone -> entries.add(toldOf(gone, "removed", now)));
        return entries;
    }

    private static AuditEntry toldOf(PluginStatus plugin, String what, Instant now) {
        AuditEntry.Target jar = new AuditEntry.Target(
                plugin.file(), Optional.ofNullable(plugin.name()).orElse(plugin.file()));
        return AuditEntry.by(from(plugin), "plugin." + what, jar, describe(plugin), now);
    }

    private static String describe(PluginStatus plugin) {
        return (plugin.reason() == null ? "" : plugin.reason() + " ")
                + Optional.ofNullable(plugin.name()).orElse("no name") + " "
                + Optional.ofNullable(plugin.version()).orElse("without version")
                + ", sha256 " + Optional.ofNullable(plugin.sha256()).orElse("unknown")
                + ", stages " + plugin.stages();
    }

    /**
     * What is another than when the server ended last. At the very first start the built-in stages are nothing new.
     *
     * @param stored the ids and hashes of then
     */
    static List<AuditEntry> atStart(
            Optional<PaletteRepository.Stored> stored, Palette palette, PaletteSources.Found found, Instant now) {
        List<AuditEntry> entries = new ArrayList<>();
        Caller file = Caller.file(Path.of(found.file().path()));
        Map<String, PaletteRepository.StoredEntry> old =
                new HashMap<>(stored.map(PaletteRepository.Stored::entries).orElse(Map.of()));
        for (PaletteEntry entry : palette.entries().values()) {
            PaletteRepository.StoredEntry was = old.remove(entry.id());
            boolean changed = was == null || !was.hash().equals(PaletteHash.of(entry));
            boolean builtin = entry.origin() == Origin.BUILTIN && entry.plugin() == null;
            if (changed && !(builtin && stored.isEmpty())) {
                PaletteChange.Kind kind = was == null ? PaletteChange.Kind.ADDED : PaletteChange.Kind.UPDATED;
                entries.add(edited(
                        builtin ? Caller.ENGINE : from(entry, file, found.plugins()),
                        new PaletteChange(kind, palette.revision(), entry),
                        now));
            }
        }
        old.keySet()
                .forEach(gone -> entries.add(AuditEntry.by(
                        Caller.ENGINE,
                        "stage.removed",
                        AuditEntry.Target.named(gone),
                        "it was missing at the start, palette revision " + palette.revision(),
                        now)));
        entries.addAll(plugins(List.of(), found.plugins(), now));
        return entries;
    }
}
