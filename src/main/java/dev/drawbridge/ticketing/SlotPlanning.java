package dev.drawbridge.ticketing;

import dev.drawbridge.platform.access.Companies;
import dev.drawbridge.platform.access.CompanySettings;
import dev.drawbridge.platform.database.CompanyId;
import dev.drawbridge.platform.database.CompanyTransaction;
import dev.drawbridge.platform.database.RowIds;
import dev.drawbridge.platform.database.Transactions;
import java.time.LocalDate;
import java.time.Period;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Makes a company's slots what its setup wants, from today to the last day of sale: adds those that are missing, gives
 * those whose schedule row changed its values, removes those that no schedule gives any more or, where somebody has
 * taken places, closes them. It may run at any time, any number of times and on several nodes at once; it finishes what
 * a run that died has left. A run for an older setup gives way to one for a newer.
 */
@Component
public class SlotPlanning {

    private static final Logger LOG = LoggerFactory.getLogger(SlotPlanning.class);

    /** Rows that one transaction writes: a longer one would hold up orders, and the change feed. */
    private static final int ROWS_MAX = 1_000;

    /** Slots that are compared at once, in memory: many days of most admissions, few of one with a slot a minute. */
    private static final int COMPARED_MAX = 20_000;

    private static final int MINUTES_OF_DAY = 1_440;

    /** So the slots of a day are there before it comes on sale at midnight. */
    private static final Period AHEAD_OF_SALE = Period.ofDays(1);

    private final Transactions transactions;
    private final Companies companies;
    private final TicketingSetup setup;
    private final SlotStore slots;
    private final SlotPlanStore plans;

    SlotPlanning(
            Transactions transactions,
            Companies companies,
            TicketingSetup setup,
            SlotStore slots,
            SlotPlanStore plans) {
        this.transactions = transactions;
        this.companies = companies;
        this.setup = setup;
        this.slots = slots;
        this.plans = plans;
    }

    /** What one run works by: the setup and the day as they were when it began. */
    private record Run(
            CompanyId company,
            long setupVersion,
            TicketingSnapshot setup,
            CompanySettings settings,
            Set<String> admissionKeys,
            LocalDate today,
            LocalDate lastDay) {

        /** The days of the run in parts, each small enough to be compared at once. */
        List<Window> windows(String admissionKey) {
            Period length = Period.ofDays(Math.max(1, COMPARED_MAX / slotsADayMax(admissionKey)));
            return today.datesUntil(lastDay.plusDays(1), length)
                    .map(from -> new Window(
                            admissionKey, from, earlier(from.plus(length).minusDays(1), lastDay)))
                    .toList();
        }

        List<PlannedSlot> wanted(Window window) {
            Optional<Admission> admission = setup.admission(window.admissionKey());
            return admission
                    .map(found -> SlotCalendar.slots(found, window.from(), window.until(), settings.timeZone()))
                    .orElse(List.of());
        }

        /** Of an admission that is gone, as many as there can be. */
        private int slotsADayMax(String admissionKey) {
            return setup.admission(admissionKey)
                    .map(admission -> admission.schedules().stream()
                            .mapToInt(schedule -> schedule.openings().size())
                            .sum())
                    .map(openings -> Math.max(1, openings))
                    .orElse(MINUTES_OF_DAY);
        }

        private static LocalDate earlier(LocalDate one, LocalDate other) {
            return one.isBefore(other) ? one : other;
        }
    }

    /** Some days of an admission, both ends inclusive. */
    private record Window(String admissionKey, LocalDate from, LocalDate until) {}

    /** A run for a newer setup has begun, so this one has nothing left to do. */
    private static final class Overtaken extends RuntimeException {

        private static final long serialVersionUID = 1L;

        Overtaken() {
            super(null, null, false, false);
        }
    }

    /**
     * Plans now: the slots are there when it returns, unless a newer setup came in between, whose own run then sees to
     * them. Call it when the setup is committed and outside of any transaction: it opens many, each of
     * {@value #ROWS_MAX} rows at most.
     */
    public void plan(CompanyId company) {
        Run run = transactions.inCompany(company, this::begin);
        try {
            run.admissionKeys().stream()
                    .flatMap(admissionKey -> run.windows(admissionKey).stream())
                    .forEach(window -> planWindow(run, window));
            step(run, transaction -> plans.finish(transaction, run.setupVersion(), run.today()));
        } catch (Overtaken newer) {
            LOG.info("slots_plan_overtaken company={} setup_version={}", company, run.setupVersion());
        }
    }

    /** How many days there are slots for, today included; on some days of a month a period of months is shorter. */
    static int daysOf(Period saleHorizon) {
        LocalDate longestMonthsFollow = LocalDate.of(2023, 7, 1);
        LocalDate last = longestMonthsFollow.plus(saleHorizon).plus(AHEAD_OF_SALE);
        return (int) ChronoUnit.DAYS.between(longestMonthsFollow, last) + 1;
    }

    /** Plans, unless the slots are in line with the present setup as of today. */
    void planIfDue(CompanyId company) {
        boolean done = transactions.inCompany(
                company,
                transaction -> plans.isDone(
                        transaction, companies.settings(transaction).today(transaction.now())));
        if (!done) {
            plan(company);
        }
    }

    private Run begin(CompanyTransaction transaction) {
        plans.begin(transaction);
        TicketingSnapshot snapshot = setup.of(transaction);
        CompanySettings settings = companies.settings(transaction);
        LocalDate today = settings.today(transaction.now());
        Set<String> admissionKeys = new TreeSet<>(slots.admissionsFrom(transaction, today));
        snapshot.admissions().forEach(admission -> admissionKeys.add(admission.key()));
        return new Run(
                transaction.company(),
                transaction.setupVersion(),
                snapshot,
                settings,
                admissionKeys,
                today,
                settings.lastSaleDay(transaction.now()).plus(AHEAD_OF_SALE));
    }

    private void planWindow(Run run, Window window) {
        List<PlannedSlot> wanted = run.wanted(window);
        SlotDifference difference = transactions.inCompany(
                run.company(),
                transaction -> SlotDifference.between(
                        wanted,
                        slots.known(transaction, window.admissionKey(), window.from(), window.until()),
                        transaction.now()));
        chunks(difference.missing()).forEach(chunk -> step(run, transaction -> add(transaction, chunk)));
        chunks(difference.deviating())
                .forEach(chunk -> step(run, transaction -> correct(transaction, difference, chunk)));
    }

    private void step(Run run, Consumer<CompanyTransaction> work) {
        transactions.inCompany(run.company(), transaction -> {
            if (!plans.lockIfNewest(transaction, run.setupVersion())) {
                throw new Overtaken();
            }
            work.accept(transaction);
            return true;
        });
    }

    private void add(CompanyTransaction transaction, List<PlannedSlot> missing) {
        List<UUID> ids = missing.stream().map(_ -> RowIds.next()).toList();
        slots.add(transaction, ids, missing);
    }

    /** Orders go on taking places: what the slots are is read again now that nobody else can change them. */
    private void correct(CompanyTransaction transaction, SlotDifference difference, List<UUID> deviating) {
        List<KnownSlot> locked = slots.lock(transaction, deviating);
        List<UUID> obsolete = locked.stream()
                .filter(slot -> difference.isObsolete(slot, transaction.now()))
                .map(KnownSlot::id)
                .toList();
        Set<UUID> removed = slots.removeUntaken(transaction, obsolete);
        List<KnownSlot> corrections = locked.stream()
                .filter(slot -> !removed.contains(slot.id()))
                .flatMap(slot -> difference.correction(slot, transaction.now()).stream())
                .toList();
        slots.change(transaction, corrections);
    }

    private static <T> List<List<T>> chunks(List<T> all) {
        return IntStream.iterate(0, from -> from < all.size(), from -> from + ROWS_MAX)
                .mapToObj(from -> all.subList(from, Math.min(from + ROWS_MAX, all.size())))
                .toList();
    }
}
