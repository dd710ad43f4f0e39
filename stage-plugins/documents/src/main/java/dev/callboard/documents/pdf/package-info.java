/**
 * PDF becomes the IR. A page of a PDF is glyphs at places and nothing more: words, lines, columns, paragraphs and headings are told
 * from where they stand and how large they are.
 *
 * <p>Reading order: {@link dev.callboard.documents.pdf.PdfParser}; of a page {@code PageReader} (glyphs), {@code Words},
 * {@code Columns} and {@code Lines}; of the document {@code Furniture} (headers and footers), {@code Paragraphs},
 * {@code Headings}, {@code Joins} (what goes on in the next column or on the next page) and {@code Sections}.
 *
 * <p>Pictures are never decoded, no font of the system is looked for, nothing is written to a disk.
 */
package dev.callboard.documents.pdf;
