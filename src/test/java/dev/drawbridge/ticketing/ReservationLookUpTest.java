package dev.drawbridge.ticketing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.platform.database.OrderId;
import dev.drawbridge.platform.database.RowIds;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What one order costs does not grow with what was sold before. */
class ReservationLookUpTest {

    private static final int SOLD = 5_000;

    private final Attraction castle = Attraction.selling("P2D");

    @Test
    void places_are_given_back_without_reading_the_reservations_of_others() {
        castle.opensWith("{'code': 'TOUR', 'entry': 'TIMED',"
                + " 'schedules': [{'at': ['11:00'], 'lasts': 'PT1H', 'capacity': 6000}]}");
        UUID slot = castle.slots("tour").getLast().id();
        OrderId guest = castle.sells(slot, 2);
        castle.within(transaction -> {
            List<SlotDemand> others = Stream.generate(() -> new OrderId(RowIds.next()))
                    .limit(SOLD)
                    .map(order -> new SlotDemand(order, 1, Map.of(slot, 1), true))
                    .toList();
            return Attraction.bean(Reservations.class).take(transaction, others);
        });

        long read = castle.within(transaction -> {
            Attraction.bean(Reservations.class).giveBack(transaction, guest);
            return Attraction.bean(JdbcClient.class).sql("""
                            select seq_tup_read + idx_tup_fetch from pg_stat_xact_user_tables
                             where schemaname = 'ticketing' and relname = 'reservations'
                            """).query(Long.class).single();
        });

        assertThat(read).as("rows read, of which one is the guest's").isBetween(1L, 5L);
        assertThat(castle.slots("tour").getLast().slot().taken()).isEqualTo(SOLD);
    }
}
