package dev.callboard.embed.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.model.embedding.onnx.OnnxEmbeddingModel;
import dev.langchain4j.model.embedding.onnx.PoolingMode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MiniLmTest {
    private static final List<String> TEXTS = List.of(
            "Rift Valley fever",
            "Mosquitoes of the genus Aedes carry the virus from goat to goat; naïve herds lose most of their kids.",
            "La fièvre de la vallée du Rift, 東京, and some symbols: ≠ 3.14 %",
            "One thing after another. ".repeat(25));

    @TempDir
    private Path folder;

    private Path unpacked(String name) throws IOException {
        Path file = folder.resolve(name);
        try (InputStream in = MiniLmTest.class.getResourceAsStream("/" + name)) {
            Files.copy(in, file);
        }
        return file;
    }

    /** It runs the same network with another tokenizer and several threads, on the first 126 pieces of a text. */
    @Test
    void theVectorsAreThoseOfLangChain4j() throws Exception {
        OnnxEmbeddingModel reference = new OnnxEmbeddingModel(
                unpacked("all-minilm-l6-v2-q.onnx"), unpacked("all-minilm-l6-v2-q-tokenizer.json"), PoolingMode.MEAN);
        for (String text : TEXTS) {
            float[] own = MiniLm.get().embed(List.of(text), () -> false).get(0).vector();
            float[] expected = reference.embed(text).content().vector();
            double product = 0;
            for (int i = 0; i < own.length; i++) {
                product += (double) own[i] * expected[i];
            }
            assertThat(product).as(text).isGreaterThan(0.99999);
        }
    }

    @Test
    void threadsChangeNothing() throws Exception {
        MiniLm one = MiniLm.load(1);
        MiniLm three = MiniLm.load(3);
        List<float[]> together =
                three.embed(TEXTS, () -> false).stream().map(Embedding::vector).toList();
        for (int i = 0; i < TEXTS.size(); i++) {
            float[] alone = one.embed(List.of(TEXTS.get(i)), () -> false).get(0).vector();
            assertThat(together.get(i)).isEqualTo(alone);
        }
    }

    @Test
    void theModelIsKnownByTheHashOfItsFile() throws Exception {
        assertThat(MiniLm.get().sha256()).isEqualTo("afdb6f1a0e45b715d0bb9b11772f032c399babd23bfc31fed1c170afc848bdb1");
    }

    @Test
    void nothingOfTheLibrariesIsLeftInTheTemporaryFolder() throws Exception {
        MiniLm.get();
        try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            assertThat(files.map(file -> file.getFileName().toString()).filter(name -> name.startsWith("embed-native")))
                    .isEmpty();
        }
    }
}
