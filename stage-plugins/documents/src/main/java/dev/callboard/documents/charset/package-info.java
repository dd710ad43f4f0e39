/** From bytes to text, the same way in every stage: labels are the web's, and no byte is dropped unseen. */
package dev.callboard.documents.charset;
