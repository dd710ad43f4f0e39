/** The stage {@code chunk}: structure first (section, paragraph), then sentences, within a budget of tokens. */
package dev.callboard.documents.chunk;
