/** The command line: run, validate, stages. */
@NullMarked
package dev.callboard.cli;

import org.jspecify.annotations.NullMarked;
