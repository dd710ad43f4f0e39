package dev.callboard.documents.pdf;

import java.io.IOException;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.encryption.InvalidPasswordException;

/** Opens a file, or says in a sentence why it cannot be read. */
final class PdfFile {
    private PdfFile() {}

    static PDDocument open(byte[] bytes) {
        PackedStreams.check(bytes);
        FontsOfTheJar.use();
        try {
            PDDocument document = Loader.loadPDF(bytes);
            document.setAllSecurityToBeRemoved(true);
            return document;
        } catch (InvalidPasswordException e) {
            throw new PdfRefused(
                    "encrypted_document", "is encrypted and opens with a password only; save it without one");
        } catch (IOException e) {
            if (isEncryption(e)) {
                throw new PdfRefused(
                        "encrypted_document", "is encrypted in a way that this version cannot open; save it without");
            }
            throw PdfRefused.unreadable("is a PDF that is damaged or cut off");
        } catch (RuntimeException e) {
            throw PdfRefused.unreadable("is a PDF that is damaged");
        } catch (NoClassDefFoundError e) {
            // Encryption for the holders of certificates takes a library that is not on board.
            throw new PdfRefused("encrypted_document", "is encrypted for certain people; save it without encryption");
        }
    }

    private static boolean isEncryption(IOException failure) {
        String message = String.valueOf(failure.getMessage());
        return message.contains("ncrypt") || message.contains("ecurity handler");
    }
}
