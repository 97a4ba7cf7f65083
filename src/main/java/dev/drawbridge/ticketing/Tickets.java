package dev.drawbridge.ticketing;

import dev.drawbridge.platform.database.CompanyTransaction;
import dev.drawbridge.platform.database.OrderId;
import dev.drawbridge.platform.numbers.Numbering;
import dev.drawbridge.platform.numbers.Numbers;
import dev.drawbridge.platform.numbers.UniqueNumbers;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.springframework.stereotype.Component;

/** Issues tickets under numbers that nobody else has, makes them paid, and voids them. */
@Component
public class Tickets {

    /**
     * The tickets of one generation of an order that are not voided.
     *
     * @param paid how many of them open the gate
     */
    public record Live(OrderId order, int generation, int tickets, int paid) {}

    /** By their keys. */
    public record TypeAndItem(String ticketType, String item) {}

    private final TicketStore store;
    private final Numbers numbers;

    Tickets(TicketStore store, Numbers numbers) {
        this.store = store;
        this.numbers = numbers;
    }

    /**
     * Stores the tickets under numbers that are free.
     *
     * @param numbering of a ticket, by its type
     * @param reserved which of some comparison keys are promised elsewhere and may not become ticket numbers
     */
    public List<Ticket> issue(
            CompanyTransaction transaction,
            List<Ticket> planned,
            Function<Ticket, Numbering> numbering,
            Function<Collection<String>, Set<String>> reserved) {
        return UniqueNumbers.store(
                planned,
                Ticket::ticketId,
                ticket -> ticket.numbered(numbers.draw(transaction.company(), numbering.apply(ticket))),
                drawn -> {
                    Set<String> promised =
                            reserved.apply(drawn.stream().map(Ticket::numberKey).toList());
                    return store.insert(
                            transaction,
                            drawn.stream()
                                    .filter(ticket -> !promised.contains(ticket.numberKey()))
                                    .toList());
                });
    }

    public List<Ticket> of(CompanyTransaction transaction, OrderId order, int generation) {
        return store.of(transaction, order, generation);
    }

    /** Those of the admissions, by key, whose slots were ever reserved: it must stay readable what was. */
    public Set<String> admissionsInUse(CompanyTransaction transaction, Set<String> keys) {
        return store.admissionsInUse(transaction, keys);
    }

    /** The id that so many tickets before {@code end} begin with, voided ones included; empty when there are none. */
    public Optional<UUID> partBegin(CompanyTransaction transaction, UUID end, int max) {
        return store.partBegin(transaction, end, max);
    }

    /** What the tickets from {@code begin} to before {@code end} are of. */
    public List<TypeAndItem> typesAndItems(CompanyTransaction transaction, UUID begin, UUID end) {
        return store.typesAndItems(transaction, begin, end);
    }

    /** Whether a guest has been let in on a ticket of this order that is not voided. */
    public boolean anyAdmitted(CompanyTransaction transaction, OrderId order) {
        return store.anyAdmitted(transaction, order);
    }

    /** Makes a paid Draft's tickets open the gate; answers how many there are. */
    public int pay(CompanyTransaction transaction, OrderId order, int generation) {
        return store.pay(transaction, order, generation);
    }

    /** Voids the order's tickets of every generation; the numbers stay on record and are refused at the gate. */
    public void voidAll(CompanyTransaction transaction, OrderId order) {
        store.voidAll(transaction, order);
    }

    public Set<String> numbersAmong(CompanyTransaction transaction, Collection<String> keys) {
        return store.numbersAmong(transaction, keys);
    }

    /** Of those of the orders that have tickets which are not voided; to be compared. */
    public List<Live> live(CompanyTransaction transaction, Collection<OrderId> orders) {
        return store.live(transaction, orders);
    }

    /** The next orders by id that have tickets which are not voided. */
    public List<UUID> ordersWithLive(CompanyTransaction transaction, UUID after, int max) {
        return store.ordersWithLive(transaction, after, max);
    }
}
