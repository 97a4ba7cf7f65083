package dev.drawbridge.orders;

import dev.drawbridge.catalog.Item;
import dev.drawbridge.catalog.LanguageCodes;
import dev.drawbridge.orders.CompanySnapshots.CompanySnapshot;
import dev.drawbridge.orders.CompanySnapshots.CompanySnapshot.OrderSize;
import dev.drawbridge.orders.Order.Line.ComponentVisit;
import dev.drawbridge.orders.Order.Line.SellTo;
import dev.drawbridge.orders.Order.OrderRequest;
import dev.drawbridge.orders.OrderQueue.TakenReferences;
import dev.drawbridge.platform.access.PartnerId;
import dev.drawbridge.platform.database.ComparisonKey;
import dev.drawbridge.platform.time.LocalFormats;
import dev.drawbridge.platform.web.Fields;
import dev.drawbridge.platform.web.Problem;
import dev.drawbridge.platform.web.TextRule;
import dev.drawbridge.platform.web.ViolationCode;
import dev.drawbridge.platform.web.Violations;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** Reads the body of create and replace and finds all that is wrong with it. */
final class OrderBody {

    private static final int LINES_MAX = 200;
    private static final int QUANTITY_MAX = 9_999;
    private static final int LINE_NUMBER_STEP = 100_000;
    private static final TextRule REFERENCE = TextRule.reference(50);
    private static final TextRule NAME = TextRule.name(100);
    private static final TextRule EXTERNAL_REFERENCE = TextRule.reference(100);
    private static final TextRule ITEM_NUMBER = TextRule.reference(20);
    private static final TextRule LANGUAGE = TextRule.reference(10);
    private static final Pattern EMAIL = Pattern.compile("[^@\\s]+@[^@\\s]+");

    private final CompanySnapshot company;
    private final Instant now;
    private final boolean strict;
    private final Violations violations = new Violations();
    private final Set<String> externalKeys = new HashSet<>();
    /** Where each external reference number stands, for what only the database knows. */
    private final List<Reserved> reserved = new ArrayList<>();

    private record Reserved(String key, String pointer) {}

    OrderBody(CompanySnapshot company, Instant now, boolean strict) {
        this.company = company;
        this.now = now;
        this.strict = strict;
    }

    /**
     * @param taken which of some comparison keys of external reference numbers are in use
     * @throws dev.drawbridge.platform.web.Problem {@code validation_failed} with all violations in document order, or
     *     {@code order_too_large}
     */
    OrderRequest read(JsonNode body, TakenReferences taken) {
        var fields = new Fields(body, "", violations);
        Optional<PartnerId> partner = fields.requiredUuid("partnerId").map(PartnerId::new);
        Optional<String> reference = fields.requiredText("sellToOrderReference", REFERENCE);
        SellTo sellTo = sellTo(fields, new SellTo("", "", ""));
        String paymentReference = fields.text("paymentReference", REFERENCE)
                .filter(text -> !TextRule.isBlank(text))
                .orElse("");
        List<Order.Line> lines = lines(fields, sellTo);
        if (strict) {
            fields.refuseUnknown();
        }
        refuseTaken(keys -> taken.among(partner, reference, keys));
        violations.throwIfAny(body);
        return new OrderRequest(
                partner.orElseThrow(),
                reference.orElseThrow(),
                new Order.Terms(sellTo, paymentReference, lines),
                size(lines));
    }

    private OrderSize size(List<Order.Line> lines) {
        OrderSize size = company.sizeOf(lines);
        if (size.tooLarge()) {
            throw new Problem(OrderProblem.ORDER_TOO_LARGE);
        }
        return size;
    }

    /** Of an order: absent and null are empty. Of a line: absent inherits, null is blank, a value overrides. */
    private SellTo sellTo(Fields fields, SellTo inherited) {
        String email = given(fields, "sellToEmail", NAME, inherited.email());
        if (fields.has("sellToEmail")
                && !email.isEmpty()
                && !EMAIL.matcher(email).matches()) {
            fields.refuse("sellToEmail", ViolationCode.INVALID_FORMAT, "This must look like name@example.com.");
        }
        String name = given(fields, "sellToName", NAME, inherited.name());
        String language =
                given(fields, "sellToLanguage", LANGUAGE, inherited.language()).toUpperCase(Locale.ROOT);
        if (fields.has("sellToLanguage") && !language.isEmpty() && !LanguageCodes.isKnown(language)) {
            fields.refuse(
                    "sellToLanguage",
                    ViolationCode.UNKNOWN_LANGUAGE,
                    "This must be a three-letter language code of Business Central, such as ENU or DAN.");
        }
        return new SellTo(email, name, language);
    }

    private static String given(Fields fields, String name, TextRule rule, String inherited) {
        return fields.has(name) ? fields.text(name, rule).orElse("") : inherited;
    }

    private List<Order.Line> lines(Fields order, SellTo inherited) {
        Optional<List<JsonNode>> items = order.requiredArray("items");
        items.filter(found -> found.isEmpty() || found.size() > LINES_MAX)
                .ifPresent(found -> order.refuse(
                        "items", ViolationCode.OUT_OF_RANGE, "An order has from 1 to " + LINES_MAX + " items."));
        List<Order.Line> lines = new ArrayList<>();
        for (Fields item :
                items.isPresent() && items.get().size() <= LINES_MAX ? order.objects("items") : List.<Fields>of()) {
            line(item, (lines.size() + 1) * LINE_NUMBER_STEP, inherited).ifPresent(lines::add);
        }
        return lines;
    }

    /** Empty when the line cannot be told from what was sent; its violations are noted then. */
    private Optional<Order.Line> line(Fields fields, int lineNo, SellTo inherited) {
        Optional<String> itemNumber = fields.requiredText("itemNumber", ITEM_NUMBER);
        Optional<Item> item = itemNumber.flatMap(number -> sellable(fields, number));
        boolean quantityGiven =
                fields.has("quantity") && fields.json("quantity").isPresent();
        Optional<Integer> quantity =
                quantityGiven ? fields.integer("quantity", 1, QUANTITY_MAX).map(Long::intValue) : Optional.of(1);
        Optional<LocalDate> visitDate = visitDate(fields);
        Optional<LocalTime> visitTime = visitTime(fields, visitDate);
        SellTo sellTo = sellTo(fields, inherited);
        Order.Line.Wishes wishes = fields.object("wallet")
                .map(wallet -> wishes(wallet, item, quantity))
                .orElse(new Order.Line.Wishes(List.of(), List.of(), List.of()));
        if (strict) {
            fields.refuseUnknown();
        }
        if (item.isEmpty() || quantity.isEmpty() || visitDate.isEmpty() || visitTime.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Order.Line(
                lineNo, itemNumber.orElseThrow(), quantity.get(), visitDate.get(), visitTime.get(), sellTo, wishes));
    }

    private Optional<Item> sellable(Fields fields, String number) {
        Optional<Item> item = company.catalog().item(number);
        if (item.isEmpty()) {
            fields.refuse("itemNumber", ViolationCode.UNKNOWN_ITEM, "No such item is for sale; check the number.");
        } else if (company.catalog().isBlocked(item.get())) {
            fields.refuse("itemNumber", ViolationCode.ITEM_BLOCKED, "This item is not for sale now; leave it out.");
        } else if (!company.isIssuable(item.get())) {
            fields.refuse(
                    "itemNumber",
                    ViolationCode.ITEM_NOT_ISSUABLE,
                    "This item is neither ticket, coupon nor package; order one that is.");
        } else {
            return item;
        }
        return Optional.empty();
    }

    private Optional<LocalDate> visitDate(Fields fields) {
        Optional<LocalDate> date = fields.requiredDate("visitDate");
        if (date.isPresent() && date.get().isBefore(company.settings().today(now))) {
            fields.refuse("visitDate", ViolationCode.DATE_IN_PAST, "This day is over; choose a later one.");
        } else if (date.isPresent() && date.get().isAfter(company.settings().lastSaleDay(now))) {
            fields.refuse(
                    "visitDate",
                    ViolationCode.BEYOND_SALE_HORIZON,
                    "Orders are taken until " + company.settings().lastSaleDay(now) + "; choose an earlier day.");
        }
        return date;
    }

    private Optional<LocalTime> visitTime(Fields fields, Optional<LocalDate> date) {
        Optional<LocalTime> time = fields.requiredTime("visitTime");
        if (date.isPresent()
                && time.isPresent()
                && !LocalFormats.exists(
                        date.get(), time.get(), company.settings().timeZone())) {
            fields.refuse(
                    "visitTime",
                    ViolationCode.TIME_DOES_NOT_EXIST,
                    "Daylight saving skips this time on this day; choose another.");
        }
        return time;
    }

    private Order.Line.Wishes wishes(Fields wallet, Optional<Item> item, Optional<Integer> quantity) {
        Optional<Integer> wallets = item.flatMap(known -> quantity.map(count -> company.walletsOf(known, count)));
        List<String> names = texts(wallet, "names", NAME, wallets);
        List<String> references = texts(wallet, "externalReferenceNumbers", EXTERNAL_REFERENCE, wallets);
        for (int index = 0; index < references.size(); index++) {
            reserve(references.get(index), wallet.pointer("externalReferenceNumbers") + "/" + index);
        }
        List<ComponentVisit> schedule = componentSchedule(wallet, item);
        if (strict) {
            wallet.refuseUnknown();
        }
        return new Order.Line.Wishes(names, references, schedule);
    }

    /** One text per wallet; null and blank are none. */
    private List<String> texts(Fields wallet, String name, TextRule rule, Optional<Integer> wallets) {
        List<JsonNode> values = wallet.array(name).orElse(List.of());
        boolean given = wallet.json(name).filter(JsonNode::isArray).isPresent();
        if (given && wallets.isPresent() && values.size() != wallets.get()) {
            wallet.refuse(
                    name,
                    ViolationCode.WRONG_COUNT,
                    "This line has " + wallets.get() + " wallets, so " + wallets.get() + " entries are needed.");
        }
        List<String> texts = new ArrayList<>(values.size());
        for (int index = 0; index < values.size(); index++) {
            JsonNode value = values.get(index);
            Optional<String> text = value.isNull()
                    ? Optional.empty()
                    : Fields.textOf(value, wallet.pointer(name) + "/" + index, rule, violations);
            texts.add(text.filter(found -> !TextRule.isBlank(found)).orElse(""));
        }
        return texts;
    }

    private void reserve(String reference, String pointer) {
        if (reference.isEmpty()) {
            return;
        }
        String key = ComparisonKey.of(reference);
        if (externalKeys.add(key)) {
            reserved.add(new Reserved(key, pointer));
        } else {
            violations.add(
                    pointer,
                    ViolationCode.DUPLICATE_VALUE,
                    "This external reference number is in this order already; each wallet needs its own.");
        }
    }

    private void refuseTaken(UnaryOperator<Set<String>> taken) {
        Set<String> takenKeys = reserved.isEmpty() ? Set.of() : taken.apply(externalKeys);
        reserved.stream()
                .filter(found -> takenKeys.contains(found.key()))
                .forEach(found -> violations.add(
                        found.pointer(),
                        ViolationCode.EXTERNAL_REFERENCE_TAKEN,
                        "This external reference number is in use; give another."));
    }

    private List<ComponentVisit> componentSchedule(Fields wallet, Optional<Item> item) {
        List<Fields> entries = wallet.objects("componentSchedule");
        Optional<Item> bundle = item.filter(found -> found.bundle().isPresent());
        if (!entries.isEmpty() && item.isPresent() && bundle.isEmpty()) {
            wallet.refuse(
                    "componentSchedule", ViolationCode.NOT_A_PACKAGE, "Only a package has components; leave this out.");
        }
        List<ComponentVisit> visits = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (Fields entry : entries) {
            Optional<String> number = entry.requiredText("itemNumber", ITEM_NUMBER);
            number.ifPresent(given -> checkComponent(entry, given, bundle, seen));
            Optional<LocalDate> date = visitDate(entry);
            Optional<LocalTime> time = visitTime(entry, date);
            if (strict) {
                entry.refuseUnknown();
            }
            if (number.isPresent() && date.isPresent() && time.isPresent()) {
                visits.add(new ComponentVisit(number.get(), date.get(), time.get()));
            }
        }
        return visits;
    }

    private void checkComponent(Fields entry, String number, Optional<Item> bundle, Set<String> seen) {
        String key = ComparisonKey.of(number);
        boolean isTicketComponent = bundle.flatMap(Item::bundle).orElse(List.of()).stream()
                .filter(component -> component.itemKey().equals(key))
                .flatMap(component -> company.catalog().item(component.itemKey()).stream())
                .anyMatch(component -> component.ticketTypeKey().isPresent());
        if (bundle.isPresent() && !isTicketComponent) {
            entry.refuse(
                    "itemNumber", ViolationCode.UNKNOWN_COMPONENT, "This is not a ticket component of the package.");
        } else if (!seen.add(key)) {
            entry.refuse("itemNumber", ViolationCode.DUPLICATE_VALUE, "This component is scheduled already.");
        }
    }
}
