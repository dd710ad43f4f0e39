package dev.callboard.documents;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** D4: structure that carries meaning is never flattened; a changed number is worse than a missing one. */
class FormulasTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "3/40 | <mfrac><mn>3</mn><mn>40</mn></mfrac>",
                "(a+b)/2 | <mfrac><mrow><mi>a</mi><mo>+</mo><mi>b</mi></mrow><mn>2</mn></mfrac>",
                "10⁻⁸ | <msup><mn>10</mn><mrow><mo>-</mo><mn>8</mn></mrow></msup>",
                "x^(a+b) | <msup><mi>x</mi><mrow><mi>a</mi><mo>+</mo><mi>b</mi></mrow></msup>",
                "k₁₂ | <msub><mi>k</mi><mn>12</mn></msub>",
                "x_i² | <msubsup><mi>x</mi><mi>i</mi><mn>2</mn></msubsup>",
                "√81 | <msqrt><mn>81</mn></msqrt>",
                "³√27 | <mroot><mn>27</mn><mn>3</mn></mroot>",
                "[1, 2; 3, 4] | <mtable><mtr><mtd><mn>1</mn></mtd><mtd><mn>2</mn></mtd></mtr><mtr><mtd><mn>3</mn></mtd><mtd><mn>4</mn></mtd></mtr></mtable>",
                "1 1/2 | <mn>1</mn><mfrac><mn>1</mn><mn>2</mn></mfrac>",
                "7 8 | <mn>7</mn><mn>8</mn>",
                "(a, b) | <mfenced><mi>a</mi><mi>b</mi></mfenced>",
                "∑_(i=1)ⁿ | <munderover><mo>∑</mo><mrow><mi>i</mi><mo>=</mo><mn>1</mn></mrow><mi>n</mi></munderover>",
                "x | <semantics><mi>x</mi><annotation>x_said_twice</annotation></semantics>",
            })
    void mathmlInOneLine(String text, String mathml) throws Exception {
        String math = "<math xmlns='http://www.w3.org/1998/Math/MathML'>" + mathml + "</math>";
        assertThat(Read.blocks(Read.jats("<p>Let <inline-formula>" + math + "</inline-formula> be.</p>")))
                .endsWith("paragraph: Let " + text + " be.");
        assertThat(Read.blocks(Read.page("<p>Let " + math + " be.</p>")))
                .containsExactly("paragraph: Let " + text + " be.");
        assertThat(Read.blocks(Read.file("a.xml", "<r><p>Let " + math + " be.</p></r>")))
                .containsExactly("paragraph: Let " + text + " be.");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "2¹⁰ | 2<sup>10</sup>",
                "10⁶.⁵ | 10<sup>6.5</sup>",
                "10₂ | 10<sub>2</sub>",
                "H2O | H<sub>2</sub>O",
                "k12 3 | k<sub>12</sub>3",
                "word¹,² | word<sup>1,2</sup>",
                "10^2a | 10<sup>2a</sup>",
                "the 1st | the 1<sup>st</sup>",
            })
    void raisedAndLoweredNumbersStayApart(String text, String markup) throws Exception {
        assertThat(Read.blocks(Read.jats("<p>" + markup + "</p>"))).endsWith("paragraph: " + text);
        assertThat(Read.blocks(Read.page("<p>" + markup + "</p>"))).containsExactly("paragraph: " + text);
    }

    @Test
    void aRaisedLinkIsANote() throws Exception {
        assertThat(Read.blocks(Read.page("<p>In 20<sup><a href='#n'>3</a></sup> ports.</p>")))
                .containsExactly("paragraph: In 20[3] ports.");
    }

    @Test
    void picturesOfFormulasAreReadByTheirWords() throws Exception {
        assertThat(Read.blocks(
                        Read.page("<p>Mass <img class=tex alt='m=\\frac{1}{20}' src=e.png>, <img src='/math/7.gif'>,"
                                + " <img src=p.jpg alt='p.jpg'>.</p>")))
                .containsExactly("paragraph: Mass m=\\frac{1}{20} , [formula] , .");
        assertThat(Read.blocks(Read.jats(
                        "<p>Mass <inline-formula><inline-graphic><alt-text>x over y</alt-text></inline-graphic>"
                                + "</inline-formula> of <inline-formula><inline-graphic/></inline-formula>.</p>")))
                .endsWith("paragraph: Mass x over y of [formula].");
        assertThat(Read.blocks(
                        Read.jats("<p>Mass <inline-graphic><alt-text>5 over y</alt-text></inline-graphic> kept.</p>")))
                .endsWith("paragraph: Mass 5 over y kept.");
        assertThat(Read.blocks(Read.page("<p>So <math alttext='a squared'></math>.</p>")))
                .containsExactly("paragraph: So a squared.");
    }

    @Test
    void aHiddenFormulaBehindAPictureIsRead() throws Exception {
        Map<String, Object> katex =
                Read.page("<p>So <span class=katex><span class=katex-mathml><math><semantics><mfrac><mn>3</mn>"
                        + "<mn>4</mn></mfrac><annotation>\\frac34</annotation></semantics></math></span><span class=katex-html"
                        + " aria-hidden=true>34</span></span>.</p>");
        assertThat(Read.blocks(katex)).containsExactly("paragraph: So 3/4.");
        assertThat(Read.leftOut(katex)).hasSize(2);
        assertThat(Read.blocks(Read.page(
                        "<p>So <span style='display: none'><math><mi>x</mi></math></span><img aria-hidden=true"
                                + " class=mwe-math-fallback-image-inline alt='{\\displaystyle x}'>.</p>")))
                .containsExactly("paragraph: So x.");
    }
}
