/** The audit log: who changed or decided what, when and from where. It only grows. */
@NullMarked
package dev.callboard.audit;

import org.jspecify.annotations.NullMarked;
