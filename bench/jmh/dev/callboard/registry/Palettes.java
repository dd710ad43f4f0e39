package dev.callboard.registry;

import dev.callboard.bus.Bus;
import dev.callboard.executors.Executors;
import dev.callboard.metrics.Meters;
import dev.callboard.palette.Palette;
import dev.callboard.palette.StageDefinition;
import io.vertx.core.Vertx;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** Palettes as a server shows them, without a server. */
final class Palettes {
    private Palettes() {}

    static PublishedPalette of(Collection<StageDefinition> stages) {
        PaletteBuild.Result build = PaletteBuild.of(stages, List.of(), Map.of(), List.of(), Executors.unconfigured());
        PublishedPalette shown =
                new PublishedPalette(Bus.on(Vertx.vertx()), Meters.none().palette());
        shown.show(
                new Palette("bench", 1, build.entries()),
                new PaletteSources.Found(build, StagesFileStatus.ok(""), List.of()),
                List.of());
        return shown;
    }
}
