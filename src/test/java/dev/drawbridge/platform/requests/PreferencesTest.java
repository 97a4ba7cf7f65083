package dev.drawbridge.platform.requests;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.MockHttpServletRequest;

class PreferencesTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "handling=strict",
                "Handling=Strict",
                "handling = strict",
                "handling=\"strict\"",
                "respond-async, handling=strict",
                "respond-async;a=\"x, handling=lenient\", wait=10,handling=strict",
                "handling=strict; foo=bar",
                "handling=strict, handling=lenient",
            })
    void strict(String header) {
        assertThat(isStrict(header)).as(header).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "handling",
                "handling=lenient",
                "handling=lenient, handling=strict",
                "x-handling=strict",
                "foo=\"handling=strict\"",
                "foo;handling=strict",
                "=strict",
            })
    void not_strict(String header) {
        assertThat(isStrict(header)).as(header).isFalse();
    }

    @Test
    void several_headers_are_one_list() {
        assertThat(isStrict("respond-async", "handling=strict")).isTrue();
        assertThat(isStrict()).isFalse();
    }

    @Test
    void a_long_hostile_header_costs_no_time() {
        long begun = System.nanoTime();
        isStrict("a;".repeat(4_000) + "\"");
        isStrict("a=\"" + "\\\"".repeat(4_000));
        isStrict("a=" + " ".repeat(16_000) + "(");
        isStrict("a;b=" + " ".repeat(16_000) + "(");
        isStrict("a" + " ".repeat(16_000) + "(");

        assertThat(System.nanoTime() - begun).isLessThan(1_000_000_000L);
    }

    private static boolean isStrict(String... headers) {
        var request = new MockHttpServletRequest();
        for (String header : headers) {
            request.addHeader("Prefer", header);
        }
        return Preferences.isStrict(request);
    }
}
