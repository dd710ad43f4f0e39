/** The database gateway and the blob store: where acknowledged facts live. */
@NullMarked
package dev.callboard.store;

import org.jspecify.annotations.NullMarked;
