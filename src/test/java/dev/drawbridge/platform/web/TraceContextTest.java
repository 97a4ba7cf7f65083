package dev.drawbridge.platform.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.MDC;

/** W3C Trace Context, level 1, section 3.2. */
class TraceContextTest {

    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final String VALID = "00-" + TRACE + "-00f067aa0ba902b7-01";
    private static final Pattern WRITTEN = Pattern.compile("00-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-0[01]");

    /** What a hostile header is made of: parts of good ones, and what no header should have. */
    private static final List<String> PARTS = List.of(
            "00",
            "01",
            "ff",
            "-",
            "--",
            TRACE,
            "00f067aa0ba902b7",
            "0".repeat(32),
            "0".repeat(16),
            "G",
            "é",
            "\u0000",
            "\r\n",
            "٣",
            "\uD83D\uDE00",
            " ",
            ",",
            "a".repeat(9_000));

    @ParameterizedTest
    @CsvSource({
        "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01, true",
        "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-00, false",
        "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-ff, true",
        "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-fe, false",
        "01-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01, true",
        "cc-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-what-comes-later, true",
        "cc-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-00-, false",
    })
    void what_is_well_formed_is_taken_over(String header, boolean sampled) {
        assertThat(TraceContext.of(List.of(header))).isEqualTo(new TraceContext(TRACE, sampled));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "00",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-0",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-more",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01 ",
                " 00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
                "cc-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01.more",
                "ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
                "0-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-001",
                "00-4BF92F3577B34DA6A3CE929D0E0E4736-00F067AA0BA902B7-01",
                "00-4bf92f3577b34da6a3ce929d0e0e473g-00f067aa0ba902b7-01",
                "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01",
                "00_4bf92f3577b34da6a3ce929d0e0e4736_00f067aa0ba902b7_01",
                "00-٤bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01,"
                        + "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
            })
    void what_is_not_begins_a_new_trace(String header) {
        TraceContext begun = TraceContext.of(List.of(header));

        assertThat(begun.traceId()).matches("[0-9a-f]{32}").isNotEqualTo(TRACE);
        assertThat(begun.sampled()).isTrue();
    }

    @Test
    void none_or_several_begin_a_new_trace() {
        assertThat(TraceContext.of(List.of()).traceId()).isNotEqualTo(TRACE);
        assertThat(TraceContext.of(List.of(VALID, VALID)).traceId()).isNotEqualTo(TRACE);
        assertThat(TraceContext.of((String) null).traceId()).isNotEqualTo(TRACE);
    }

    @Test
    void whatever_comes_in_what_goes_out_is_well_formed_and_short() {
        var random = new SplittableRandom(20261121);
        for (int round = 0; round < 50_000; round++) {
            String header = hostile(random);
            TraceContext trace = TraceContext.of(List.of(header));

            assertThat(WRITTEN.matcher(trace.traceparent()).matches())
                    .as(header)
                    .isTrue();
            if (!header.contains(trace.traceId())) {
                assertThat(trace.sampled())
                        .as("a trace of our own, for " + header)
                        .isTrue();
            }
        }
    }

    /** Parts in any order, or a good header with one character changed, left out or put in. */
    private static String hostile(SplittableRandom random) {
        var text = new StringBuilder();
        if (random.nextBoolean()) {
            for (int parts = random.nextInt(9); parts > 0; parts--) {
                text.append(PARTS.get(random.nextInt(PARTS.size())));
            }
            return text.toString();
        }
        text.append(VALID);
        int place = random.nextInt(VALID.length());
        switch (random.nextInt(3)) {
            case 0 -> text.setCharAt(place, (char) random.nextInt(0x300));
            case 1 -> text.deleteCharAt(place);
            default -> text.insert(place, (char) random.nextInt(0x300));
        }
        return text.toString();
    }

    @Test
    void what_goes_out_is_the_same_trace_under_another_span_each_time() {
        TraceContext trace = TraceContext.of(List.of(VALID));
        Set<String> sent = new HashSet<>();
        for (int times = 0; times < 100; times++) {
            sent.add(trace.traceparent());
        }

        assertThat(sent).hasSize(100).allSatisfy(text -> assertThat(TraceContext.of(text))
                .isEqualTo(trace));
        assertThat(sent).doesNotContain(VALID);
    }

    @Test
    void what_runs_during_a_trace_belongs_to_it_and_so_do_its_lines() {
        TraceContext outer = TraceContext.begun();
        TraceContext inner = TraceContext.begun();

        outer.during(() -> {
            assertThat(TraceContext.current()).isEqualTo(outer);
            assertThat(MDC.get("traceId")).isEqualTo(outer.traceId());
            inner.during(() -> assertThat(MDC.get("traceId")).isEqualTo(inner.traceId()));
            assertThat(TraceContext.current()).isEqualTo(outer);
            assertThat(MDC.get("traceId")).isEqualTo(outer.traceId());
        });

        assertThat(MDC.get("traceId")).isNull();
        assertThat(TraceContext.current()).isNotEqualTo(TraceContext.current());
    }

    @Test
    void what_fails_leaves_nothing_behind() {
        assertThatThrownBy(() -> TraceContext.begun().during(() -> {
                    throw new IllegalStateException("on purpose");
                }))
                .hasMessage("on purpose");

        assertThat(MDC.get("traceId")).isNull();
    }
}
