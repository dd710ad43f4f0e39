package dev.callboard.download;

import java.nio.file.Path;

/**
 * A file that is complete and checked, in a temporary file.
 *
 * @param path where it is
 * @param sha256 of its bytes, after decoding
 * @param size in bytes, after decoding
 * @param mediaType such as {@code text/html}, without parameters
 * @param name safe to show and to use as a file's name
 * @param finalUrl where the redirects ended
 * @param attempts how many tries it took, from 1
 */
record Fetched(Path path, String sha256, long size, String mediaType, String name, String finalUrl, int attempts) {}
