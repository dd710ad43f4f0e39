package dev.callboard.spi.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.callboard.spi.testing.RecordingStageContext.Progress;
import java.io.ByteArrayInputStream;
import java.io.FileNotFoundException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What plugin authors test with does what a server would do. */
class RecordingStageContextTest {
    private static final String SHA_OF_HELLO = "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824";
    private static final byte[] HELLO = "hello".getBytes(StandardCharsets.UTF_8);

    private final RecordingStageContext context = new RecordingStageContext();

    @Test
    void aNewOneIsAFirstAttemptAtNothing() {
        assertThat(context.attempt()).isEqualTo(1);
        assertThat(context.now()).isEqualTo(RecordingStageContext.START);
        assertThat(context.deadline()).isEmpty();
        assertThat(context.cancelled()).isFalse();
        assertThat(context.inputs()).isEmpty();
        assertThat(context.state()).isEmpty();
        assertThat(context.settings()).isEmpty();
        assertThat(context.pluginSettings()).isEmpty();
        assertThat(context.ledger()).isEmpty();
        assertThat(context.memory()).isEmpty();
    }

    @Test
    void whatATestSetsIsSeenAndCannotBeChangedByAStage() {
        Instant later = RecordingStageContext.START.plusSeconds(7);
        context.setting("dropped", 1)
                .settings(Map.of("size", 1))
                .setting("none", null)
                .pluginSetting("dropped", 1)
                .pluginSettings(Map.of("key", "k"))
                .state("text", "t")
                .ledger("ready", true)
                .memory(Map.of("looks", 1))
                .attempt(2)
                .now(later)
                .deadline(later.plusSeconds(1))
                .cancel();
        assertThat(context.settings()).hasSize(2).containsEntry("size", 1).containsEntry("none", null);
        assertThat(context.pluginSettings()).isEqualTo(Map.of("key", "k"));
        assertThat(context.state()).isEqualTo(Map.of("text", "t"));
        assertThat(context.ledger()).isEqualTo(Map.of("ready", true));
        assertThat(context.memory()).isEqualTo(Map.of("looks", 1));
        assertThat(context.attempt()).isEqualTo(2);
        assertThat(context.idempotencyKey()).isNotEqualTo(new RecordingStageContext().idempotencyKey());
        assertThat(context.now()).isEqualTo(later);
        assertThat(context.deadline()).hasValue(later.plusSeconds(1));
        assertThat(context.cancelled()).isTrue();
        assertThatThrownBy(() -> context.state().put("a", 1)).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> context.ledger().clear()).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void ledgerWritesAreKeptApartAndTheirKeysChecked() {
        context.ledger("a", 1);
        context.writeLedger("a", 2);
        context.writeLedger("b", null);
        assertThat(context.ledger()).isEqualTo(Map.of("a", 1));
        assertThat(context.written()).hasSize(2).containsEntry("a", 2).containsEntry("b", null);
        for (String key : new String[] {"", "A", "1a", "a-b", "a".repeat(65)}) {
            assertThatThrownBy(() -> context.writeLedger(key, 1))
                    .as(key)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("'" + key + "'");
        }
    }

    @Test
    void logAndProgressAreKeptInOrder() {
        context.log("one");
        context.log("two");
        context.progress(1, 0, "started");
        context.progress(2, 2, null);
        assertThat(context.lines()).containsExactly("one", "two");
        assertThat(context.reports()).containsExactly(new Progress(1, 0, "started"), new Progress(2, 2, null));
        assertThatThrownBy(() -> context.progress(3, 2, "")).hasMessage("progress 3 of 2");
        assertThatThrownBy(() -> context.progress(-1, 2, "")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void blobsAreFoundByTheirBytes() throws Exception {
        byte[] bytes = HELLO.clone();
        context.file("a.txt", "text/plain", bytes);
        bytes[0] = 'j';
        assertThat(context.inputs())
                .containsExactly(Map.of("blob", SHA_OF_HELLO, "size", 5L, "media_type", "text/plain", "name", "a.txt"));
        assertThat(context.blobs().put(new ByteArrayInputStream(HELLO))).isEqualTo(SHA_OF_HELLO);
        assertThat(context.blobs().count()).isEqualTo(1);
        assertThat(context.blobs().open(SHA_OF_HELLO)).hasBinaryContent(HELLO);
        assertThat(context.blobs().size(SHA_OF_HELLO)).isEqualTo(5);
        assertThat(context.blobs().size("0".repeat(64))).isEqualTo(-1);
        assertThatThrownBy(() -> context.blobs().open("0".repeat(64))).isInstanceOf(FileNotFoundException.class);
    }
}
