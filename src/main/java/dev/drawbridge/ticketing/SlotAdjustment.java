package dev.drawbridge.ticketing;

import dev.drawbridge.platform.access.AuditLog;
import dev.drawbridge.platform.access.Caller;
import dev.drawbridge.platform.access.Companies;
import dev.drawbridge.platform.access.CompanySettings;
import dev.drawbridge.platform.database.CompanyId;
import dev.drawbridge.platform.database.CompanyTransaction;
import dev.drawbridge.platform.database.ComparisonKey;
import dev.drawbridge.platform.database.Transactions;
import dev.drawbridge.platform.feed.ChangeFeed;
import dev.drawbridge.platform.feed.ChangeKind;
import dev.drawbridge.platform.feed.Changed;
import dev.drawbridge.platform.feed.FeedList;
import dev.drawbridge.platform.web.Problem;
import dev.drawbridge.platform.web.WebProblem;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** The slots of an admission as operators and partners see them, and as operators change them by hand. */
@Component
class SlotAdjustment {

    /** Which slots are asked for: of days, both inclusive, from today to the last day of sale where empty. */
    record Listed(Optional<LocalDate> from, Optional<LocalDate> until, SlotStore.Position after, int rowsMax) {}

    /** What an operator changes of a slot; what is empty stays. */
    record Change(Optional<Integer> capacity, Optional<Boolean> closed) {}

    private final Transactions transactions;
    private final Companies companies;
    private final TicketingSetup setup;
    private final SlotStore slots;
    private final AuditLog audit;
    private final ChangeFeed feed;

    SlotAdjustment(
            Transactions transactions,
            Companies companies,
            TicketingSetup setup,
            SlotStore slots,
            AuditLog audit,
            ChangeFeed feed) {
        this.transactions = transactions;
        this.companies = companies;
        this.setup = setup;
        this.slots = slots;
        this.audit = audit;
        this.feed = feed;
    }

    /** Slots by start, then id. Beyond the last day of sale none are shown: they may be there already, or still. */
    List<Slot> list(CompanyId company, String code, Listed asked) {
        return transactions.inCompany(company, transaction -> {
            String admissionKey = admissionKey(transaction, code);
            CompanySettings settings = companies.settings(transaction);
            LocalDate lastDay = settings.lastSaleDay(transaction.now());
            LocalDate from = asked.from().orElse(settings.today(transaction.now()));
            LocalDate until = asked.until().filter(lastDay::isAfter).orElse(lastDay);
            return slots.page(transaction, admissionKey, from, until, asked.after(), asked.rowsMax());
        });
    }

    /**
     * Slots of the admission that changed after the position of the change feed: all of them, past ones and those
     * beyond the last day of sale too, because what a slot only grows into without a change would be missed.
     *
     * @throws Problem {@code resource_not_found}, {@code resync_required}
     */
    List<Changed<Slot>> changed(CompanyId company, String code, long after, int rowsMax) {
        String admissionKey = transactions.inCompany(company, transaction -> admissionKey(transaction, code));
        return feed.changed(FeedList.named(company, ChangeKind.SLOT, admissionKey), after, rowsMax, slots::byIds);
    }

    /** Ends the request with {@code resource_not_found} unless that admission has that slot. */
    void requireSlot(CompanyId company, String code, UUID slotId) {
        transactions.inCompany(company, transaction -> lock(transaction, code, slotId));
    }

    /** The slot as it is now; {@code capacity_below_taken} where more places are taken than it is to have. */
    Slot change(CompanyId company, Caller caller, String code, UUID slotId, Change change) {
        return transactions.inCompany(company, transaction -> {
            KnownSlot before = lock(transaction, code, slotId);
            if (change.capacity().orElse(Integer.MAX_VALUE) < before.slot().taken()) {
                throw new Problem(TicketingProblem.CAPACITY_BELOW_TAKEN);
            }
            KnownSlot after = before.changedByHand(change.capacity(), change.closed());
            if (!after.equals(before)) {
                slots.change(transaction, List.of(after));
                audit.record(transaction, caller, "slot_changed", slotId.toString(), described(before, after));
            }
            return after.slot();
        });
    }

    private KnownSlot lock(CompanyTransaction transaction, String code, UUID slotId) {
        String admissionKey = admissionKey(transaction, code);
        return slots.lock(transaction, List.of(slotId)).stream()
                .filter(known -> known.slot().admissionKey().equals(admissionKey))
                .findFirst()
                .orElseThrow(() -> new Problem(WebProblem.RESOURCE_NOT_FOUND));
    }

    private String admissionKey(CompanyTransaction transaction, String code) {
        return setup.of(transaction)
                .admission(ComparisonKey.of(code))
                .map(Admission::key)
                .orElseThrow(() -> new Problem(WebProblem.RESOURCE_NOT_FOUND));
    }

    private static Map<String, Object> described(KnownSlot before, KnownSlot after) {
        return Map.of(
                "capacityBefore", before.slot().capacity(),
                "capacity", after.slot().capacity(),
                "closedBefore", before.slot().closed(),
                "closed", after.slot().closed());
    }
}
