package dev.drawbridge.platform.requests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drawbridge.platform.web.Problem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestPathTest {

    @Test
    void segments_are_decoded_once() {
        assertThat(RequestPath.of("/a/CRONUS%20International%20Ltd./b").segments())
                .containsExactly("a", "CRONUS International Ltd.", "b");
        assertThat(RequestPath.of("/a/x%2520y/").segments()).containsExactly("a", "x%20y");
        assertThat(RequestPath.of("/").segments()).isEmpty();
    }

    @Test
    void every_spelling_of_a_path_has_one_canonical_form() {
        assertThat(RequestPath.of("/%61/b%3bc/%C3%A5/").canonical()).isEqualTo("/a/b%3Bc/%C3%A5");
        assertThat(RequestPath.of("/").canonical()).isEqualTo("/");
    }

    @Test
    void a_segment_is_decoded_a_second_time_only_where_it_still_has_escapes() {
        assertThat(RequestPath.decodedAgain("x%20y")).contains("x y");
        assertThat(RequestPath.decodedAgain("x y")).isEmpty();
        assertThat(RequestPath.decodedAgain("100%")).isEmpty();
        assertThat(RequestPath.decodedAgain("x%00y")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "*"})
    void what_does_not_begin_with_a_slash_is_no_path(String path) {
        assertThatThrownBy(() -> RequestPath.of(path)).isInstanceOf(Problem.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "//",
                "/a//b",
                "/a/../b",
                "/./a",
                "/a/%2e%2e",
                "/a%2fb",
                "/a%5cb",
                "/a\\b",
                "/a;b",
                "/a%00",
                "/a%0d%0a",
                "/a%",
                "/a%4",
                "/a%zz",
                "/%c0%af",
                "/%ed%a0%80",
            })
    void a_segment_that_could_mean_another_path_leads_nowhere(String path) {
        assertThat(RequestPath.of(path).segments()).contains(RequestPath.NOTHING);
    }
}
