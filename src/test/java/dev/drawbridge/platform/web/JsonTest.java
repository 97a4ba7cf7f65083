package dev.drawbridge.platform.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class JsonTest {

    private record Sample(
            String zebra,
            Instant at,
            LocalTime time,
            LocalDate date,
            BigDecimal amount,
            UUID id,
            @Nullable String nothing,
            Optional<String> absent,
            Optional<String> present,
            List<String> list,
            boolean alpha) {}

    private final JsonMapper mapper = Json.mapper();

    @Test
    void records_are_written_in_their_own_order_without_what_is_absent() {
        var sample = new Sample(
                "z",
                Instant.parse("2026-11-21T10:00:00Z"),
                LocalTime.of(9, 0),
                LocalDate.of(2026, 11, 21),
                new BigDecimal("1E+2"),
                new UUID(0, 1),
                null,
                Optional.empty(),
                Optional.of("here"),
                List.of(),
                true);

        assertThat(mapper.writeValueAsString(sample))
                .isEqualTo("{\"zebra\":\"z\",\"at\":\"2026-11-21T10:00:00.000Z\",\"time\":\"09:00:00\","
                        + "\"date\":\"2026-11-21\",\"amount\":100,\"id\":\"00000000-0000-0000-0000-000000000001\","
                        + "\"present\":\"here\",\"list\":[],\"alpha\":true}");
    }

    @Test
    void timestamps_have_exactly_three_decimals() {
        assertThat(Json.timestamp(Instant.parse("2026-11-21T10:00:00.1234567Z")))
                .isEqualTo("2026-11-21T10:00:00.123Z");
        assertThat(mapper.writeValueAsString(Instant.parse("2026-11-21T10:00:00.5Z")))
                .isEqualTo("\"2026-11-21T10:00:00.500Z\"");
    }

    @Test
    void numbers_stay_as_they_were_written() {
        assertThat(mapper.readTree("{\"a\": 35.00, \"b\": 0.1, \"c\": 12345678901234567890}")
                        .toString())
                .isEqualTo("{\"a\":35.00,\"b\":0.1,\"c\":12345678901234567890}");
    }
}
