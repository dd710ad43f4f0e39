package dev.callboard.executors;

import dev.callboard.process.Programs;
import dev.callboard.spi.StageFailure;
import java.nio.file.Path;
import java.util.List;

/**
 * The programs that stages may start.
 *
 * @param programs finds them
 * @param allowed names and absolute paths: {@code command.programs} of the configuration
 */
record AllowedPrograms(Programs programs, List<String> allowed) {
    /**
     * A program's absolute path.
     *
     * @param name a name or a path, relative ones in {@code folder}
     * @throws StageFailure {@code command_not_found} when there is none, {@code command_not_allowed} when it is not one of these
     */
    Path require(String name, Path folder) throws StageFailure {
        Path program = programs.find(name, folder)
                .orElseThrow(() -> StageFailure.permanent(
                        "command_not_found",
                        "There is no program '" + name + "' on the server's machine. Install it there, or name another"
                                + " one in the stage's command."));
        if (!programs.isOneOf(program, allowed)) {
            throw StageFailure.permanent(
                    "command_not_allowed",
                    "The program '" + name + "' is none of those that this server starts. Add it to command.programs in"
                            + " the server's configuration, and start the server anew.");
        }
        return program;
    }
}
