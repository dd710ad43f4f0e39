package dev.callboard.secrets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.callboard.secrets.KeyFile.KeyFault;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class SealingKeyTest {
    @TempDir
    Path folder;

    @Test
    void whatIsSealedOpensUnderItsNameAndItsKeyAlone() {
        SealingKey key = SealingKey.of(SealingKey.newKey()).orElseThrow();
        SealingKey other = SealingKey.of(SealingKey.newKey()).orElseThrow();
        String sealed = key.seal("token", "s3cret \u00e9 \ud83d\ude00");
        assertThat(key.open("token", sealed)).contains("s3cret \u00e9 \ud83d\ude00");
        assertThat(key.open("other", sealed)).isEmpty();
        assertThat(other.open("token", sealed)).isEmpty();
        assertThat(key.seal("token", "s3cret \u00e9 \ud83d\ude00")).isNotEqualTo(sealed);
        byte[] bytes = Base64.getDecoder().decode(sealed);
        for (int i = 0; i < bytes.length; i++) {
            byte[] changed = bytes.clone();
            changed[i] ^= 1;
            assertThat(key.open("token", Base64.getEncoder().encodeToString(changed)))
                    .as("byte " + i)
                    .isEmpty();
        }
        assertThat(key.open("token", "")).isEmpty();
        assertThat(key.open("token", "!")).isEmpty();
    }

    @Test
    void aKeyIs32BytesInBase64OrHexadecimalDigits() {
        assertThat(SealingKey.of("ab".repeat(32))).isPresent();
        assertThat(SealingKey.of(" " + Base64.getEncoder().encodeToString(new byte[32]) + "\n"))
                .isPresent();
        assertThat(SealingKey.of("ab".repeat(16))).isEmpty();
        assertThat(SealingKey.of("a password")).isEmpty();
        assertThat(SealingKey.of("")).isEmpty();
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "it looks at permissions of Unix")
    void theKeyFileIsItsOwnersAlone() throws Exception {
        Path file = folder.resolve("new/secrets.key");
        KeyFile keys = new KeyFile(null, file);
        assertThat(keys.load()).isEmpty();
        String sealed = keys.loadOrMake().seal("a", "value");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(keys.loadOrMake().open("a", sealed)).contains("value");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
        assertThatThrownBy(keys::load).isInstanceOf(KeyFault.class).hasMessageContaining("chmod 600 " + file);
    }

    @Test
    void aKeyThatIsNoneIsSaidAndNeverReplaced() throws Exception {
        Path file = folder.resolve("secrets.key");
        Files.writeString(file, "cut off");
        if (Files.getFileStore(file).supportsFileAttributeView("posix")) {
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        }
        assertThatThrownBy(() -> new KeyFile(null, file).loadOrMake())
                .isInstanceOf(KeyFault.class)
                .hasMessageContaining("32 bytes")
                .hasMessageNotContaining("cut off");
        assertThat(file).hasContent("cut off");
        assertThatThrownBy(() -> new KeyFile("hunter2", file).load())
                .isInstanceOf(KeyFault.class)
                .hasMessageContaining("CALLBOARD_SECRETS_KEY")
                .hasMessageNotContaining("hunter2");
    }
}
