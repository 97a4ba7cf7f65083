package dev.drawbridge.orders;

import dev.drawbridge.orders.OrderIndexStore.Filter;
import dev.drawbridge.orders.OrderIndexStore.Position;
import dev.drawbridge.platform.access.Caller;
import dev.drawbridge.platform.access.PartnerId;
import dev.drawbridge.platform.database.CompanyId;
import dev.drawbridge.platform.database.OrderId;
import dev.drawbridge.platform.database.Transactions;
import dev.drawbridge.platform.feed.ChangeFeed;
import dev.drawbridge.platform.feed.ChangeKind;
import dev.drawbridge.platform.feed.Changed;
import dev.drawbridge.platform.feed.FeedList;
import dev.drawbridge.platform.web.Problem;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** Reads orders. */
@Component
class OrderQueries {

    private final Transactions transactions;
    private final OrderAccess access;
    private final OrderIndexStore lists;
    private final OrderViews views;
    private final ChangeFeed feed;

    OrderQueries(
            Transactions transactions, OrderAccess access, OrderIndexStore lists, OrderViews views, ChangeFeed feed) {
        this.transactions = transactions;
        this.access = access;
        this.lists = lists;
        this.views = views;
        this.feed = feed;
    }

    /** @throws Problem {@code resource_not_found} */
    Order find(Caller caller, CompanyId company, OrderId id) {
        return transactions.inCompany(company, transaction -> access.find(transaction, caller, id));
    }

    /** @throws Problem {@code resource_not_found} */
    OrderView view(Caller caller, CompanyId company, OrderId id) {
        return transactions.readInCompany(
                company, transaction -> views.of(transaction, access.find(transaction, caller, id)));
    }

    /** The order as it is by now, so that it and what it holds are of one moment; one that is gone, as it was. */
    OrderView show(CompanyId company, Order order) {
        return transactions.readInCompany(
                company,
                transaction -> views.of(
                        transaction, access.find(transaction, order.id()).orElse(order)));
    }

    List<Order> list(CompanyId company, Filter filter, Optional<Position> after, int limit) {
        return transactions.inCompany(company, transaction -> lists.page(transaction, filter, after, limit));
    }

    /** @throws Problem {@code resync_required} */
    List<Changed<Order>> changed(CompanyId company, PartnerId partner, long after, int max) {
        var list = new FeedList(company, ChangeKind.ORDER, partner.value());
        return feed.changed(list, after, max, (transaction, ids) -> lists.byIds(transaction, ids).stream()
                .collect(Collectors.toMap(order -> order.id().value(), Function.identity())));
    }
}
