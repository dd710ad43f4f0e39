package dev.callboard.documents.parse;

import dev.callboard.documents.ir.BlockKind;

/** The part of an article that an element stands in: it decides what a {@code p} is. */
enum JatsZone {
    ABSTRACT(BlockKind.ABSTRACT),
    BODY(BlockKind.PARAGRAPH),
    BACK(BlockKind.NOTE),
    FLOATS(BlockKind.CAPTION);

    private final BlockKind paragraph;

    JatsZone(BlockKind paragraph) {
        this.paragraph = paragraph;
    }

    BlockKind paragraph() {
        return paragraph;
    }
}
