package dev.callboard.fork;

import java.util.List;

/**
 * A program of this server that runs in a process of its own.
 *
 * @param name for logs, such as {@code plugin documents}
 * @param subject the process in sentences, such as {@code The plugin's process}
 * @param main its main class; its first argument says how it gets to its streams
 * @param code classes of each jar or folder that it needs beside its own and Jackson's
 * @param arguments after the first
 */
public record ChildProgram(String name, String subject, Class<?> main, List<Class<?>> code, List<String> arguments) {
    /** Copies. */
    public ChildProgram {
        code = List.copyOf(code);
        arguments = List.copyOf(arguments);
    }
}
