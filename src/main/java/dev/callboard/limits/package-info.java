/** Limits that several parts keep, each written once. Pure: it uses nothing. */
@NullMarked
package dev.callboard.limits;

import org.jspecify.annotations.NullMarked;
