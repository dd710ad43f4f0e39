/**
 * The documents that stages keep beyond their tasks, the graph of what these say, and the search in them. Stages and plugins reach
 * it through {@link dev.callboard.spi.Library}, all others by {@link dev.callboard.library.LibraryMessages}.
 */
@NullMarked
package dev.callboard.library;

import org.jspecify.annotations.NullMarked;
