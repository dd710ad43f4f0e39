/** Pipelines: how they are read and checked, their stages, gates, sources and sinks, their files and versions. */
@NullMarked
package dev.callboard.pipelines;

import org.jspecify.annotations.NullMarked;
