package dev.drawbridge.catalog;

import dev.drawbridge.platform.database.ComparisonKey;
import dev.drawbridge.platform.web.DecimalRule;
import dev.drawbridge.platform.web.Fields;
import dev.drawbridge.platform.web.TextRule;
import dev.drawbridge.platform.web.ViolationCode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** How an item is written in a setup, and what it may be. */
final class ItemFields {

    /** As {@code itemNumber} of an order's line. */
    static final TextRule NUMBER = TextRule.reference(20);
    /** As {@code name} of a wallet, which takes the description where no name was given. */
    private static final TextRule DESCRIPTION = TextRule.name(100);

    private static final TextRule CODE = TextRule.reference(20);
    /** Fractions of a percent exist (8.875 in New York). */
    private static final DecimalRule VAT_PERCENT = DecimalRule.of("0", "100", 4);

    private static final int COMPONENTS_MAX = 100;
    private static final int COMPONENT_QUANTITY_MAX = 9_999;
    private static final int RULES_MAX = 1_000;

    private ItemFields() {}

    static Optional<Item> read(Fields fields) {
        Optional<String> number = fields.requiredText("number", NUMBER);
        Optional<String> description = fields.requiredText("description", DESCRIPTION);
        Map<String, String> translations = translations(fields);
        Optional<String> ticketType = fields.text("ticketType", CODE);
        Optional<ListPrice> price = fields.object("price").flatMap(ItemFields::price);
        List<PriceRule> rules =
                list(fields, "priceRules", 0, RULES_MAX, PriceRuleFields::read).orElse(List.of());
        Optional<List<Component>> bundle = list(fields, "package", 1, COMPONENTS_MAX, ItemFields::component);
        Optional<Boolean> blocked = fields.bool("blocked");
        refuseWhatDoesNotGoTogether(fields, bundle.isPresent());
        fields.refuseUnknown();
        return number.map(text -> new Item(
                text,
                ComparisonKey.of(text),
                description.orElse(""),
                translations,
                ticketType.map(ComparisonKey::of),
                price,
                rules,
                bundle,
                blocked.orElse(false)));
    }

    private static Map<String, String> translations(Fields fields) {
        Map<String, String> translations = new HashMap<>();
        Optional<JsonNode> written = fields.json("translations");
        Optional<Fields> texts = fields.object("translations");
        if (written.isEmpty() || texts.isEmpty()) {
            return translations;
        }
        for (String language : written.get().propertyNames()) {
            String code = language.toUpperCase(Locale.ROOT);
            if (!LanguageCodes.isKnown(code)) {
                texts.get()
                        .refuse(
                                language,
                                ViolationCode.UNKNOWN_LANGUAGE,
                                "This is no Business Central language code such as DAN or DEU.");
            }
            texts.get().requiredText(language, DESCRIPTION).ifPresent(text -> {
                if (translations.put(code, text) != null) {
                    texts.get().refuse(language, ViolationCode.DUPLICATE_VALUE, "Translate into each language once.");
                }
            });
        }
        return translations;
    }

    private static Optional<ListPrice> price(Fields fields) {
        Optional<BigDecimal> amount = DecimalRule.AMOUNT.readRequired(fields, "amount");
        Optional<Boolean> includesVat = fields.requiredJson("includesVat").flatMap(_ -> fields.bool("includesVat"));
        Optional<BigDecimal> vatPercent = VAT_PERCENT.readRequired(fields, "vatPercent");
        fields.refuseUnknown();
        if (amount.isEmpty() || includesVat.isEmpty() || vatPercent.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new ListPrice(amount.get(), includesVat.get(), vatPercent.get()));
    }

    private static Optional<Component> component(Fields fields) {
        Optional<String> item = fields.requiredText("item", NUMBER);
        Optional<Long> quantity = fields.integer("quantity", 1, COMPONENT_QUANTITY_MAX);
        Optional<ListPrice> unitPrice = fields.object("unitPrice").flatMap(ItemFields::price);
        fields.refuseUnknown();
        return item.map(number ->
                new Component(ComparisonKey.of(number), quantity.orElse(1L).intValue(), unitPrice));
    }

    /**
     * The entries of a list, empty where the field is absent. With one entry that cannot be read there are none at all:
     * the places of the others would be wrong.
     */
    private static <T> Optional<List<T>> list(Fields fields, String name, int min, int max, EntryReader<T> reader) {
        Optional<List<JsonNode>> elements = fields.array(name);
        if (elements.isEmpty()) {
            return Optional.empty();
        }
        int written = elements.get().size();
        if (written < min || written > max) {
            fields.refuse(name, ViolationCode.OUT_OF_RANGE, "There must be from " + min + " to " + max + " entries.");
            return Optional.of(List.of());
        }
        List<T> entries = new ArrayList<>();
        fields.objects(name).forEach(entry -> reader.read(entry).ifPresent(entries::add));
        return Optional.of(entries.size() == written ? entries : List.of());
    }

    private interface EntryReader<T> {
        Optional<T> read(Fields fields);
    }

    private static void refuseWhatDoesNotGoTogether(Fields fields, boolean bundle) {
        boolean priced = fields.json("price").isPresent();
        if (bundle && priced) {
            refuse(fields, "price", "A package costs what its components cost; remove its price.");
        }
        if (bundle && fields.json("ticketType").isPresent()) {
            refuse(fields, "ticketType", "A package gives its components' tickets; remove its ticket type.");
        }
        if (fields.json("priceRules").isPresent() && (bundle || !priced)) {
            refuse(fields, "priceRules", "Price rules change the item's own price, and it has none; remove them.");
        }
    }

    private static void refuse(Fields fields, String name, String message) {
        fields.refuse(name, ViolationCode.NOT_ALLOWED, message);
    }
}
