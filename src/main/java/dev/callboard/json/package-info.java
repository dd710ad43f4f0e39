/** Strict reading and plain writing of JSON, and the one mapper of the messages. */
@NullMarked
package dev.callboard.json;

import org.jspecify.annotations.NullMarked;
