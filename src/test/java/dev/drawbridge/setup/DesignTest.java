package dev.drawbridge.setup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.platform.web.Fields;
import dev.drawbridge.platform.web.Problem;
import dev.drawbridge.platform.web.Violation;
import dev.drawbridge.platform.web.Violations;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What the look of a manifest may be, logos above all: strangers' pictures on pages that guests open. */
class DesignTest {

    private final ObjectNode written = JsonNodeFactory.instance
            .objectNode()
            .put("code", "Castle")
            .put("title", "CRONUS Castle")
            .put("primaryColor", "#7a1f2b")
            .put("accentColor", "#F2E6C9");

    @Test
    void a_design_needs_a_code_a_title_and_two_colors() {
        assertThat(Designs.read(fields(new Violations()))).hasValueSatisfying(design -> {
            assertThat(design.key()).isEqualTo("castle");
            assertThat(design.footer()).isEmpty();
            assertThat(design.logo()).isEmpty();
            assertThat(design.retired()).isFalse();
        });
        written.remove(List.of("code", "title", "primaryColor", "accentColor"));
        assertThat(violations())
                .containsExactly(
                        "/code required", "/title required", "/primaryColor required", "/accentColor required");
    }

    @ParameterizedTest
    @ValueSource(strings = {"red", "#fff", "#7a1f2g", "7a1f2b", "#7a1f2b80", ""})
    void a_color_is_six_digits_behind_a_hash(String color) {
        written.put("primaryColor", color);

        assertThat(violations()).containsExactly("/primaryColor invalid_format");
    }

    @Test
    void a_logo_may_be_a_png() {
        logo(png(2_000, 1));

        assertThat(Designs.read(fields(new Violations())).orElseThrow().logo())
                .hasValueSatisfying(logo -> assertThat(logo.mediaType()).isEqualTo("image/png"));
    }

    @ParameterizedTest
    @CsvSource({"2001, 1", "1, 2001", "0, 1", "1, 0", "-1, 1", "2147483647, 2147483647"})
    void a_png_has_bounded_sides(int width, int height) {
        logo(png(width, height));

        assertThat(violations()).containsExactly("/logo out_of_range");
    }

    @Test
    void a_png_without_a_whole_header_is_refused() {
        byte[] png = png(10, 10);
        logo(Arrays.copyOf(png, 32));

        assertThat(violations()).containsExactly("/logo invalid_format");
    }

    @Test
    void a_logo_has_256_KiB_at_most() {
        logo(Arrays.copyOf(png(10, 10), LogoCheck.BYTES_MAX));
        assertThat(violations()).isEmpty();

        logo(Arrays.copyOf(png(10, 10), LogoCheck.BYTES_MAX + 1));
        assertThat(violations()).containsExactly("/logo too_long");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "not base64!", "aGVsbG8=", "PGh0bWw+", "R0lGODlhAQABAAAAACw="})
    void what_is_neither_png_nor_svg_is_refused(String base64) {
        written.put("logo", base64);

        assertThat(violations()).containsExactly("/logo invalid_format");
    }

    @Test
    void base64_may_be_broken_into_lines() {
        written.put(
                "logo",
                Base64.getMimeEncoder().encodeToString(svg("<g/>".repeat(100)).getBytes(StandardCharsets.UTF_8)));

        assertThat(violations()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<path d='M0 0h1v1z' fill='#fff'/>",
                "<title>Café @ the castle</title><text x='1'>A<tspan>B</tspan></text>",
                "<defs><linearGradient id='a'><stop offset='0'/></linearGradient></defs><rect fill='url(#a)'/>",
                "<style>.a{fill:#fff}</style><circle class='a' r='1'/>",
                "<linearGradient id='b' xlink:href='#a'/>",
                "<g transform='translate (1 2) rotate(45)' fill='rgb(1,2,3)' aria-label='Castle (north)'/>",
                "<rect style='fill:hsla(1,2%,3%,.5);transform:skewX(3deg) scale(2);mask:url( \"#a\")'/>",
                "<style>.a{fill:var(--red);width:calc(1px + 2px);clip-path:url(#c)}</style>",
                "<!-- a comment --><g><![CDATA[ ]]></g>"
            })
    void a_plain_svg_is_accepted(String inside) {
        logo(svg(inside).getBytes(StandardCharsets.UTF_8));

        assertThat(violations()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<script>alert(1)</script>",
                "<SCRIPT>alert(1)</SCRIPT>",
                "<g onload='alert(1)'/>",
                "<g ONCLICK='alert(1)'/>",
                "<a xlink:href='https://example.com'><path/></a>",
                "<image xlink:href='http://169.254.169.254/'/>",
                "<image href='data:image/png;base64,AAAA'/>",
                "<use href='#a'/>",
                "<foreignObject><body xmlns='http://www.w3.org/1999/xhtml'/></foreignObject>",
                "<animate attributeName='href' to='javascript:alert(1)'/>",
                "<linearGradient xlink:href='https://example.com/#a'/>",
                "<rect fill='url(https://example.com/#a)'/>",
                "<rect fill='url( &quot;//example.com&quot;)'/>",
                "<rect style='background:URL(//example.com)'/>",
                "<rect style='mask-image:image-set(\"https://example.com/x\" 1x)'/>",
                "<rect style='mask-image:-webkit-image-set(\"https://example.com/x\" 1x)'/>",
                "<rect style='background:cross-fade(url(#a), \"https://example.com\")'/>",
                "<rect style='background:src(\"https://example.com\")'/>",
                "<rect fill='image (&quot;https://example.com&quot;)'/>",
                "<style>.a{mask:url(#b)}.b{mask:image(\"https://example.com\")}</style>",
                "<style>.a{mask:ur<!-- -->l(https://example.com)}</style>",
                "<style>.a{mask:url(</style>",
                "<style>.a{mask:url(var(--x))}</style>",
                "<style>@import 'https://example.com';</style>",
                "<style>.a{fill:u\\72l(https://example.com)}</style>",
                "<style><![CDATA[.a{fill:url(https://example.com)}]]></style>",
                "<?xml-stylesheet href='https://example.com'?>",
                "<g xml:base='https://example.com'/>",
                "<script xmlns='http://www.w3.org/1999/xhtml'>alert(1)</script>"
            })
    void an_active_svg_is_refused(String inside) {
        logo(svg(inside).getBytes(StandardCharsets.UTF_8));

        assertThat(violations()).containsExactly("/logo not_allowed");
    }

    @Test
    void an_svg_has_no_dtd_and_is_not_nested_without_end() {
        logo(("<!DOCTYPE svg [<!ENTITY a SYSTEM 'file:///etc/passwd'>]>" + svg("<text>&a;</text>"))
                .getBytes(StandardCharsets.UTF_8));
        assertThat(violations()).hasSize(1);

        logo(("<!DOCTYPE svg>" + svg("<g/>")).getBytes(StandardCharsets.UTF_8));
        assertThat(violations()).containsExactly("/logo not_allowed");

        logo(svg("<g>".repeat(64) + "</g>".repeat(64)).getBytes(StandardCharsets.UTF_8));
        assertThat(violations()).containsExactly("/logo not_allowed");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<svg/>",
                "<html xmlns='http://www.w3.org/1999/xhtml'/>",
                "<svg xmlns='http://www.w3.org/2000/svg'>"
            })
    void what_is_no_svg_document_is_refused(String xml) {
        logo(xml.getBytes(StandardCharsets.UTF_8));

        assertThat(violations()).containsExactly("/logo invalid_format");
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-16", "ISO-8859-1", "GBK"})
    void an_svg_is_in_utf8(String encoding) {
        logo(("<?xml version='1.0' encoding='" + encoding + "'?>" + svg("<g/>")).getBytes(StandardCharsets.UTF_8));
        assertThat(violations()).containsExactly("/logo invalid_format");

        logo(("<?xml version='1.0' encoding='utf-8'?>" + svg("<g/>")).getBytes(StandardCharsets.UTF_8));
        assertThat(violations()).isEmpty();

        logo(svg("<title>Café</title>").getBytes(StandardCharsets.ISO_8859_1));
        assertThat(violations()).containsExactly("/logo invalid_format");
    }

    private static String svg(String inside) {
        return "<svg xmlns='http://www.w3.org/2000/svg' xmlns:xlink='http://www.w3.org/1999/xlink'>" + inside
                + "</svg>";
    }

    private static byte[] png(int width, int height) {
        return ByteBuffer.allocate(64)
                .put(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'})
                .putInt(13)
                .put("IHDR".getBytes(StandardCharsets.US_ASCII))
                .putInt(width)
                .putInt(height)
                .array();
    }

    private void logo(byte[] bytes) {
        written.put("logo", Base64.getEncoder().encodeToString(bytes));
    }

    private Fields fields(Violations violations) {
        return new Fields(written, "", violations);
    }

    private List<String> violations() {
        var violations = new Violations();
        Designs.read(fields(violations));
        if (violations.isEmpty()) {
            return List.of();
        }
        List<Violation> details = Assertions.catchThrowableOfType(Problem.class, () -> violations.throwIfAny(written))
                .details();
        return details.stream()
                .map(violation -> violation.field() + " " + violation.code())
                .toList();
    }
}
