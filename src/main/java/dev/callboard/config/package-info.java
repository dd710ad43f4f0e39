/** The server's configuration: defaults, file, environment, options; every error at once. */
@NullMarked
package dev.callboard.config;

import org.jspecify.annotations.NullMarked;
