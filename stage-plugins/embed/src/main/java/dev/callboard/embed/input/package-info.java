/** What there is to embed: chunks, as they stand in a stage's output or as that output says where they are stored. */
package dev.callboard.embed.input;
