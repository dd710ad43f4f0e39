package dev.callboard.problem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Failures of files as people read them. */
class FileFaultsTest {
    @TempDir
    Path folder;

    private static String reason(ThrowingCallable work) {
        return FileFaults.reason(catchThrowable(work));
    }

    @Test
    void whatTheMachineSaysBecomesAClause() throws IOException {
        Path file = Files.createFile(folder.resolve("a.txt"));
        assertThat(reason(() -> Files.readAllBytes(folder.resolve("none"))))
                .isEqualTo("there is no such file or folder");
        assertThat(reason(() -> Files.readAllBytes(folder))).isEqualTo("it is a folder");
        assertThat(reason(() -> Files.newDirectoryStream(file).close())).isEqualTo("it is not a folder");
        assertThat(reason(() -> Files.createDirectories(file))).isEqualTo("there is a file of that name already");
        assertThat(reason(() -> Files.readAllBytes(file.resolve("b"))))
                .isEqualTo("a part of its path is a file, not a folder");
        assertThat(reason(() -> Files.readAllBytes(folder.resolve("a".repeat(300)))))
                .isEqualTo("its name is too long");
    }

    @Test
    void noClauseHasANameOfJavaOrAPathAlone() {
        assertThat(FileFaults.reason(new AccessDeniedException("/srv/a"))).isEqualTo("access is denied");
        assertThat(FileFaults.reason(new UncheckedIOException(new AccessDeniedException("/srv/a"))))
                .isEqualTo("access is denied");
        assertThat(FileFaults.reason(new MalformedInputException(1))).isEqualTo("it is not valid UTF-8");
        assertThat(FileFaults.reason(new FileSystemException("/srv/a")))
                .isEqualTo("the operating system does not say why");
        assertThat(FileFaults.reason(new IOException("It is odd."))).isEqualTo("It is odd");
    }

    @Test
    void anotherPathThanTheOneThatIsSpokenOfIsNamed() {
        AccessDeniedException denied = new AccessDeniedException("/srv/a/callboard.lock");
        assertThat(FileFaults.reason(denied, Path.of("/srv/a"))).isEqualTo("access is denied (/srv/a/callboard.lock)");
        assertThat(FileFaults.reason(denied, Path.of("/srv/b/../a/callboard.lock")))
                .isEqualTo("access is denied");
    }

    @Test
    void aFullDiskIsKnown() {
        assertThat(FileFaults.isDiskFull(new IOException("No space left on device")))
                .isTrue();
        assertThat(FileFaults.isDiskFull(new FileSystemException("a", null, "There is not enough space on the disk")))
                .isTrue();
        assertThat(FileFaults.isDiskFull(new IOException("Is a directory"))).isFalse();
        assertThat(FileFaults.isDiskFull(new IOException())).isFalse();
        assertThat(FileFaults.reason(new IOException("No space left on device")))
                .isEqualTo("the disk is full");
    }
}
