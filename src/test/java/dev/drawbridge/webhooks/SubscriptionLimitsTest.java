package dev.drawbridge.webhooks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.fixtures.Api;
import dev.drawbridge.fixtures.Castle;
import dev.drawbridge.fixtures.TestCompany;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** How many webhooks somebody may have: what an order's transaction has to write is bounded by it. */
class SubscriptionLimitsTest {

    private static final String BODY = "{\"notificationUrl\": \"http://localhost:1/hooks\", \"eventName\": \"*\"}";

    @Test
    void an_operator_may_have_fifty() {
        Api operator = TestCompany.fresh().operator();
        create(operator, Subscriptions.PER_OPERATOR_MAX);
        operator.post("/webhooks", BODY).isProblem(400, "too_many_webhooks");
        operator.delete("/webhooks/"
                        + operator.get("/webhooks?pageSize=1").is(200).at("/data/0/id"))
                .is(204);
        create(operator, 1);
    }

    @Test
    void a_partner_may_have_twenty_also_when_it_asks_for_many_at_once() throws Exception {
        Api partner = Castle.opened().partner(Castle.JOURNEY_DEALS);
        create(partner, Subscriptions.PER_PARTNER_MAX - 3);
        List<Callable<Integer>> asking = new ArrayList<>();
        for (int thread = 0; thread < 8; thread++) {
            asking.add(() -> partner.post("/webhooks", BODY).status());
        }
        List<Integer> statuses = new ArrayList<>();
        try (var threads = Executors.newFixedThreadPool(asking.size())) {
            for (Future<Integer> answer : threads.invokeAll(asking)) {
                statuses.add(answer.get());
            }
        }
        assertThat(statuses).containsExactlyInAnyOrder(201, 201, 201, 400, 400, 400, 400, 400);
    }

    private static void create(Api api, int count) {
        for (int number = 0; number < count; number++) {
            api.post("/webhooks", BODY).is(201);
        }
    }
}
