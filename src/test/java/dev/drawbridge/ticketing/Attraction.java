package dev.drawbridge.ticketing;

import dev.drawbridge.fixtures.Api;
import dev.drawbridge.fixtures.TestCompany;
import dev.drawbridge.fixtures.TestServer;
import dev.drawbridge.platform.access.Caller;
import dev.drawbridge.platform.access.Companies;
import dev.drawbridge.platform.access.Company;
import dev.drawbridge.platform.access.Permission;
import dev.drawbridge.platform.database.CompanyId;
import dev.drawbridge.platform.database.CompanyTransaction;
import dev.drawbridge.platform.database.OrderId;
import dev.drawbridge.platform.database.RowIds;
import dev.drawbridge.platform.database.Transactions;
import dev.drawbridge.platform.definitions.Definition;
import dev.drawbridge.platform.definitions.DefinitionKind;
import dev.drawbridge.platform.definitions.DefinitionStore;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A company of a test's own, whose admissions are set up, planned, sold and changed without HTTP. */
final class Attraction {

    static final LocalDate FAR = LocalDate.parse("2999-12-31");

    private final Company company;
    private final String horizon;

    private Attraction(Company company, String horizon) {
        this.company = company;
        this.horizon = horizon;
    }

    /** In Copenhagen, with nothing to visit yet. */
    static Attraction selling(String saleHorizon) {
        UUID id = RowIds.next();
        var company = new Company(new CompanyId(id), UUID.randomUUID(), "production", "Castle " + id, "Castle");
        var attraction = new Attraction(company, saleHorizon);
        attraction.within(transaction -> {
            bean(Companies.class).add(transaction, company, attraction.settings("Europe/Copenhagen"));
            return company;
        });
        return attraction;
    }

    CompanyId id() {
        return company.id();
    }

    void movesTo(String timeZone) {
        within(transaction -> {
            bean(Companies.class).change(transaction, company, settings(timeZone));
            return company;
        });
    }

    /** The setup has these admissions from now on, no others; written in single quotes. Its slots are not planned. */
    void setsUp(String... admissions) {
        within(transaction -> {
            DefinitionStore definitions = bean(DefinitionStore.class);
            definitions.remove(
                    transaction,
                    DefinitionKind.ADMISSION,
                    definitions.all(transaction, DefinitionKind.ADMISSION).stream()
                            .map(Definition::key)
                            .toList());
            List<Definition> written = new ArrayList<>();
            for (String admission : admissions) {
                String json = admission.replace('\'', '"');
                String key =
                        json.replaceAll("(?s).*\"code\": *\"([A-Z]+)\".*", "$1").toLowerCase(Locale.ROOT);
                written.add(new Definition(DefinitionKind.ADMISSION, key, written.size(), json));
            }
            definitions.put(transaction, written);
            bean(Companies.class).raiseSetupVersion(transaction);
            return written;
        });
    }

    void plan() {
        bean(SlotPlanning.class).plan(id());
    }

    void opensWith(String... admissions) {
        setsUp(admissions);
        plan();
    }

    /** Every slot of the admission that is stored, by start. */
    List<KnownSlot> slots(String admissionKey) {
        return within(
                transaction -> bean(SlotStore.class).known(transaction, admissionKey, LocalDate.EPOCH, FAR).stream()
                        .sorted((one, other) ->
                                one.slot().startsAt().compareTo(other.slot().startsAt()))
                        .toList());
    }

    List<KnownSlot> slots(String admissionKey, LocalDate day) {
        return slots(admissionKey).stream()
                .filter(known -> known.slot().date().equals(day))
                .toList();
    }

    Optional<KnownSlot> slot(String admissionKey, LocalDate day, String start) {
        return slots(admissionKey, day).stream()
                .filter(known -> known.slot().start().equals(LocalTime.parse(start)))
                .findFirst();
    }

    /** An order that takes places of one slot. */
    OrderId sells(UUID slotId, int places) {
        return buys(slotId, places).orElseThrow();
    }

    /** As {@link #sells}; empty when the slot has not so many places left. */
    Optional<OrderId> buys(UUID slotId, int places) {
        var order = new OrderId(RowIds.next());
        var demand = new SlotDemand(order, 1, Map.of(slotId, places), true);
        return within(transaction ->
                !bean(Reservations.class).take(transaction, List.of(demand)).containsKey(order)
                        ? Optional.of(order)
                        : Optional.empty());
    }

    void cancels(OrderId order) {
        within(transaction -> {
            bean(Reservations.class).giveBack(transaction, order);
            return order;
        });
    }

    Slot changes(KnownSlot slot, Optional<Integer> capacity, Optional<Boolean> closed) {
        return bean(SlotAdjustment.class)
                .change(
                        id(),
                        anOperator(),
                        slot.slot().admissionKey(),
                        slot.id(),
                        new SlotAdjustment.Change(capacity, closed));
    }

    <T> T inDatabase(Function<JdbcClient, T> work) {
        return within(transaction -> work.apply(bean(JdbcClient.class)));
    }

    <T> T within(Function<CompanyTransaction, T> work) {
        return bean(Transactions.class).inCompany(id(), work);
    }

    static <T> T bean(Class<T> type) {
        return TestServer.running().bean(type);
    }

    Api operator() {
        return asTestCompany().operator();
    }

    Api operator(Permission... permissions) {
        return asTestCompany().operator(permissions);
    }

    /** A client for addresses that an answer showed. */
    Api operatorAnywhere() {
        return Api.anonymous().key(asTestCompany().newOperatorKey());
    }

    Api partner() {
        return asTestCompany().partner(UUID.randomUUID());
    }

    private TestCompany asTestCompany() {
        return new TestCompany(company.tenant(), company.environment(), company.name(), id().value());
    }

    private static Caller anOperator() {
        return new Caller(new UUID(0, 0), Optional.empty(), Optional.empty(), EnumSet.allOf(Permission.class));
    }

    private String settings(String timeZone) {
        return """
                {"tenant": "%s", "environment": "production", "name": "%s", "timeZone": "%s", "currency": "DKK",
                 "saleHorizon": "%s"}""".formatted(company.tenant(), company.name(), timeZone, horizon);
    }
}
