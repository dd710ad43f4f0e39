/**
 * The document IR: {@code {doc_id, sha256, media_type, lang, title, meta, text, sections: [{id, parent, title}],
 * blocks: [{id, section, kind, text, start, end, cites?}], refs: []}}, as the public contract has it.
 *
 * <p>{@code text} is all blocks in order with a blank line between them. {@code start} and {@code end} count Unicode
 * code points of {@code text}, so that {@code text[start:end]} is the block's text. {@code cites} (our addition, only
 * where there are any) lists the ids of references that the block points at.
 */
package dev.callboard.documents.ir;
