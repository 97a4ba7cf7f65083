package dev.drawbridge.orders;

import dev.drawbridge.orders.OrderIndexStore.Filter;
import dev.drawbridge.orders.OrderIndexStore.Position;
import dev.drawbridge.platform.access.Caller;
import dev.drawbridge.platform.access.PartnerId;
import dev.drawbridge.platform.database.CompanyId;
import dev.drawbridge.platform.database.OrderId;
import dev.drawbridge.platform.database.Transactions;
import dev.drawbridge.platform.feed.Change;
import dev.drawbridge.platform.feed.ChangeFeed;
import dev.drawbridge.platform.feed.ChangeKind;
import dev.drawbridge.platform.web.Problem;
import dev.drawbridge.platform.web.WebProblem;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** Reads orders. */
@Component
class OrderQueries {

    /**
     * A row of the change feed.
     *
     * @param order empty once it is deleted
     */
    record ChangedOrder(UUID id, long version, Optional<Order> order) {}

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

    /**
     * Orders of the partner that changed after the position, by position; each once, as it is now.
     *
     * @throws Problem {@code resync_required} for a position that this database never handed out
     */
    List<ChangedOrder> changed(CompanyId company, PartnerId partner, long after, int limit) {
        feed.stamp(company);
        return transactions.inCompany(company, transaction -> {
            if (!feed.honours(transaction, after)) {
                throw new Problem(WebProblem.RESYNC_REQUIRED);
            }
            List<Change> changes = feed.after(transaction, ChangeKind.ORDER, partner.value(), after, limit);
            Map<UUID, Order> orders = lists
                    .byIds(
                            transaction,
                            changes.stream()
                                    .filter(change -> !change.deleted())
                                    .map(Change::rowId)
                                    .toList())
                    .stream()
                    .collect(Collectors.toMap(order -> order.id().value(), Function.identity()));
            return changes.stream()
                    .map(change -> new ChangedOrder(
                            change.rowId(), change.position(), Optional.ofNullable(orders.get(change.rowId()))))
                    .toList();
        });
    }
}
