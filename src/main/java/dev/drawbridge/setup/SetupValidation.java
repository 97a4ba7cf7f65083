package dev.drawbridge.setup;

import dev.drawbridge.catalog.Catalog;
import dev.drawbridge.catalog.Item;
import dev.drawbridge.catalog.LanguageCodes;
import dev.drawbridge.coupons.CouponType;
import dev.drawbridge.coupons.CouponTypes;
import dev.drawbridge.partners.Partner;
import dev.drawbridge.partners.Partners;
import dev.drawbridge.platform.access.CompanyBlock;
import dev.drawbridge.platform.definitions.Definition;
import dev.drawbridge.platform.web.Fields;
import dev.drawbridge.platform.web.Located;
import dev.drawbridge.platform.web.Problem;
import dev.drawbridge.platform.web.Violation;
import dev.drawbridge.platform.web.ViolationCode;
import dev.drawbridge.ticketing.Admission;
import dev.drawbridge.ticketing.TicketType;
import dev.drawbridge.ticketing.TicketingSetup;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Validates a whole setup: each entry by its module's reader, then what entries say of one another. */
final class SetupValidation {

    static final int ENTRIES_MAX = 5_000;

    private final SetupDocument document;
    private final JsonMapper json;
    private final Fields root;
    private final Map<SetupList, Set<String>> keys = new EnumMap<>(SetupList.class);
    private final List<Definition> entries = new ArrayList<>();

    private SetupValidation(SetupDocument document, JsonMapper json) {
        this.document = document;
        this.json = json;
        this.root = new Fields(document.tree(), "", document.violations());
    }

    /** Ends with {@code validation_failed} and every violation there is. */
    static ValidSetup of(SetupDocument document, CompanyPlace place, JsonMapper json) {
        return new SetupValidation(document, json).validate(place);
    }

    private ValidSetup validate(CompanyPlace place) {
        Optional<CompanyBlock> company =
                root.requiredObject("company").flatMap(block -> CompanyBlock.read(block, LanguageCodes::isKnown));
        place.check(document.tree().path("company"), document.violations());
        List<Located<Partner>> partners = read(SetupList.PARTNERS, Partners::read);
        List<Located<Admission>> admissions = read(SetupList.ADMISSIONS, TicketingSetup::readAdmission);
        List<Located<TicketType>> ticketTypes = read(SetupList.TICKET_TYPES, TicketingSetup::readTicketType);
        List<Located<CouponType>> couponTypes = read(SetupList.COUPON_TYPES, CouponTypes::read);
        List<Located<Item>> items = read(SetupList.ITEMS, Catalog::readItem);
        read(SetupList.DESIGNS, Designs::read);
        root.refuseUnknown();
        Partners.crossCheck(partners, keys(SetupList.DESIGNS), document.violations());
        TicketingSetup.crossCheck(ticketTypes, keys(SetupList.ADMISSIONS), document.violations());
        company.ifPresent(block ->
                TicketingSetup.refuseTooManySlots(admissions, block.settings().saleHorizon(), document.violations()));
        CouponTypes.crossCheck(couponTypes, items, document.violations());
        Catalog.crossCheck(items, keys(SetupList.TICKET_TYPES), keys(SetupList.PARTNERS), document.violations());
        throwIfRefused();
        return new ValidSetup(
                company.orElseThrow(), json.writeValueAsString(document.tree().get("company")), entries);
    }

    private <T> List<Located<T>> read(SetupList list, Function<Fields, Optional<T>> reader) {
        List<JsonNode> elements = root.array(list.property()).orElse(List.of());
        Set<String> known = new HashSet<>();
        keys.put(list, known);
        if (elements.size() > ENTRIES_MAX) {
            root.refuse(
                    list.property(), ViolationCode.OUT_OF_RANGE, "At most " + ENTRIES_MAX + " entries are allowed.");
            return List.of();
        }
        List<Located<T>> read = new ArrayList<>();
        for (int index = 0; index < elements.size(); index++) {
            JsonNode element = elements.get(index);
            String pointer = "/" + list.property() + "/" + index;
            Fields.objectOf(element, pointer, document.violations())
                    .flatMap(reader)
                    .ifPresent(value -> read.add(new Located<>(pointer, value)));
            identify(list, element, pointer, index, known);
        }
        return read;
    }

    /** The key is taken from what is written, so that an entry that is refused for something else is known by it. */
    private void identify(SetupList list, JsonNode element, String pointer, int index, Set<String> known) {
        if (!element.path(list.keyProperty()).isString()) {
            return;
        }
        String key = SetupList.key(element.path(list.keyProperty()).stringValue());
        if (known.add(key)) {
            entries.add(new Definition(list.kind(), key, index, json.writeValueAsString(element)));
        } else {
            document.violations()
                    .add(
                            Fields.child(pointer, list.keyProperty()),
                            ViolationCode.DUPLICATE_VALUE,
                            "An earlier entry of this list has it already; case makes no difference.");
        }
    }

    private Set<String> keys(SetupList list) {
        return keys.getOrDefault(list, Set.of());
    }

    /** A place that YAML had to give up holds nothing, and that must not be called a second mistake. */
    private void throwIfRefused() {
        try {
            document.violations().throwIfAny(document.tree());
        } catch (Problem refused) {
            Set<String> places = new HashSet<>();
            List<Violation> first = refused.details().stream()
                    .filter(violation -> violation.field() == null || places.add(violation.field()))
                    .toList();
            throw new Problem(refused.code(), first);
        }
    }
}
