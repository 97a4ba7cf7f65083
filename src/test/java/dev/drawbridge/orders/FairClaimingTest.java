package dev.drawbridge.orders;

import static dev.drawbridge.fixtures.OrderJson.order;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.fixtures.Api;
import dev.drawbridge.fixtures.Castle;
import dev.drawbridge.fixtures.TestClock;
import dev.drawbridge.fixtures.TestServer;
import dev.drawbridge.orders.DueOrderStore.Claim;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Nobody's thousands keep another partner waiting. */
class FairClaimingTest {

    private static final LocalDate WEEKDAY = Castle.weekday();
    private static final int PARTNERS = 8;

    @RegisterExtension
    final TestClock clock = new TestClock();

    private final OrderIssuance issuance = TestServer.running().bean(OrderIssuance.class);
    private final Castle castle = Castle.opened(FairClaimingTest::withMorePartners);
    private final Api operator = castle.operator();
    private final Map<String, String> partnerByOrder = new HashMap<>();

    @BeforeEach
    void nothing_waits() {
        castle.settle();
        clock.set(clock.now());
    }

    @AfterEach
    void nothing_stays_claimed() {
        clock.advance(OrderQueue.LEASE);
        castle.settle();
    }

    @Test
    void every_partner_with_work_has_a_turn_in_every_claim_however_much_the_others_have() {
        for (int big = 0; big < PARTNERS - 1; big++) {
            place(partner(big), 12);
        }
        for (int round = 0; round < 6; round++) {
            place(partner(PARTNERS - 1), 1);
            assertThat(partnersOf(issuance.claimDue(8, 16)))
                    .as("partners of claim %s", round)
                    .hasSize(PARTNERS);
        }
    }

    @Test
    void one_partner_alone_has_the_whole_of_its_share() {
        place(partner(0), 12);
        assertThat(issuance.claimDue(8, 16)).hasSize(8);
        assertThat(issuance.claimDue(8, 16)).hasSize(4);
    }

    @Test
    void the_oldest_of_each_partner_come_first() {
        List<String> placed = place(partner(0), 6);
        assertThat(issuance.claimDue(4, 16))
                .extracting(claim -> claim.order().toString())
                .containsExactlyInAnyOrderElementsOf(placed.subList(0, 4));
    }

    @Test
    void what_was_accepted_first_is_issued_first_whatever_the_clock_of_its_node_said() {
        List<String> placed = place(partner(0), 3);
        List<String> reversed = placed.reversed();
        reversed.forEach(order -> {
            clock.advance(Duration.ofMillis(1));
            isDueNow(order);
        });

        List<Claim> claims = issuance.claimDue(8, 16);
        assertThat(claims).extracting(claim -> claim.order().toString()).containsExactlyElementsOf(reversed);
        assertThat(IssuanceJob.batches(claims)).containsExactly(claims);
    }

    @Test
    void when_there_are_more_partners_than_one_claim_takes_each_has_its_turn_before_any_runs_out() {
        for (int number = 0; number < PARTNERS; number++) {
            place(partner(number), 30);
        }
        Set<String> served = new HashSet<>();
        for (int round = 0; round < 25; round++) {
            List<Claim> claims = issuance.claimDue(8, 3);
            assertThat(claims).hasSize(3);
            assertThat(partnersOf(claims)).hasSize(3);
            served.addAll(partnersOf(claims));
        }
        assertThat(served).hasSize(PARTNERS);
    }

    private static void isDueNow(String order) {
        assertThat(TestServer.running()
                        .bean(JdbcClient.class)
                        .sql("update orders.issuance_jobs set due_at = platform.now() where order_id = :order::uuid")
                        .param("order", order)
                        .update())
                .isEqualTo(1);
    }

    private Set<String> partnersOf(List<Claim> claims) {
        Set<String> partners = new HashSet<>();
        claims.forEach(claim -> partners.add(partnerByOrder.get(claim.order().toString())));
        return partners;
    }

    private List<String> place(String partner, int count) {
        List<String> placed = new ArrayList<>();
        for (int number = 0; number < count; number++) {
            String id = operator.post(
                            "/channelManager",
                            order().of(partner)
                                    .line("31001", 1, WEEKDAY, "10:00:00")
                                    .toString())
                    .is(201)
                    .at("/orderId");
            placed.add(id);
            partnerByOrder.put(id, partner);
        }
        return placed;
    }

    private static String partner(int number) {
        return "aaaaaaaa-0000-4000-8000-00000000000" + number;
    }

    private static String withMorePartners(String setup) {
        StringBuilder partners = new StringBuilder("partners:\n");
        IntStream.range(0, PARTNERS).forEach(number -> partners.append("  - { id: ")
                .append(partner(number))
                .append(", name: Partner ")
                .append(number)
                .append(" }\n"));
        return setup.replace("partners:\n", partners.toString());
    }
}
