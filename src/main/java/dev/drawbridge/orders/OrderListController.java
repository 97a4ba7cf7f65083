package dev.drawbridge.orders;

import dev.drawbridge.orders.OrderIndexStore.Filter;
import dev.drawbridge.orders.OrderIndexStore.Position;
import dev.drawbridge.platform.access.PartnerId;
import dev.drawbridge.platform.access.Permission;
import dev.drawbridge.platform.requests.Call;
import dev.drawbridge.platform.requests.PageRequest;
import dev.drawbridge.platform.requests.QueryParameters;
import dev.drawbridge.platform.requests.Requires;
import dev.drawbridge.platform.web.Answer;
import dev.drawbridge.platform.web.Problem;
import dev.drawbridge.platform.web.TextRule;
import dev.drawbridge.platform.web.ViolationCode;
import dev.drawbridge.platform.web.WebProblem;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Lists a partner's orders, narrowed down by filters or as a change feed. */
@RestController
@RequestMapping("/{tenant}/{environment}/{company}/channelManager")
class OrderListController {

    private static final TextRule REFERENCE = TextRule.reference(50);

    private final OrderQueries queries;
    private final OrderViews views;

    OrderListController(OrderQueries queries, OrderViews views) {
        this.queries = queries;
        this.views = views;
    }

    @GetMapping("/orders/{partnerId}")
    @Requires(Permission.OTA_CHANNEL_MANAGER)
    Answer list(Call call) {
        var partner = new PartnerId(call.pathUuid("partnerId", OrderProblem.INVALID_PARTNER_ID));
        if (!call.caller().actsFor(partner)) {
            throw new Problem(WebProblem.FORBIDDEN);
        }
        QueryParameters query = call.query();
        OptionalLong feed = query.sync("status", "sellToOrderReference", "receivedAtFrom", "receivedAtTo");
        return feed.isPresent() ? changes(call, partner, feed.getAsLong()) : page(call, filter(query, partner));
    }

    private Answer page(Call call, Filter filter) {
        PageRequest page = call.pageRequest();
        call.query().end();
        List<Order> orders = queries.list(
                call.company().id(), filter, page.after().map(OrderListController::position), page.rowsToRead());
        return Answer.ok(call.page(page, orders, OrderListController::text).map(views::summary));
    }

    private Answer changes(Call call, PartnerId partner, long lastRowVersion) {
        PageRequest page = call.pageRequest();
        call.query().end();
        return Answer.ok(call.changes(
                page,
                lastRowVersion,
                (after, max) -> queries.changed(call.company().id(), partner, after, max),
                views::summary));
    }

    private static Filter filter(QueryParameters query, PartnerId partner) {
        Set<OrderStatus> statuses = EnumSet.noneOf(OrderStatus.class);
        for (String word : query.words("status")) {
            OrderStatus.find(word)
                    .ifPresentOrElse(
                            statuses::add,
                            () -> query.refuse(
                                    "status",
                                    ViolationCode.INVALID_FORMAT,
                                    "This must be a comma-separated list of order states, such as Draft,Issued."));
        }
        return new Filter(
                partner,
                statuses,
                query.text("sellToOrderReference", REFERENCE),
                query.instant("receivedAtFrom"),
                query.instant("receivedAtTo"));
    }

    private static String text(Order order) {
        return order.identity().receivedAt() + " " + order.id();
    }

    private static Position position(String text) {
        int blank = text.indexOf(' ');
        return new Position(Instant.parse(text.substring(0, blank)), UUID.fromString(text.substring(blank + 1)));
    }
}
