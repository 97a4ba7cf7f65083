package dev.drawbridge.coupons;

import dev.drawbridge.catalog.Item;
import dev.drawbridge.platform.database.ComparisonKey;
import dev.drawbridge.platform.numbers.Numbering;
import dev.drawbridge.platform.numbers.NumberingFields;
import dev.drawbridge.platform.web.DecimalRule;
import dev.drawbridge.platform.web.Fields;
import dev.drawbridge.platform.web.Forms;
import dev.drawbridge.platform.web.Located;
import dev.drawbridge.platform.web.TextRule;
import dev.drawbridge.platform.web.ViolationCode;
import dev.drawbridge.platform.web.Violations;
import java.time.Period;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** How a coupon type is written in a setup, and what it may be. */
final class CouponTypeFields {

    private static final TextRule CODE = TextRule.reference(20);
    private static final TextRule DESCRIPTION = TextRule.name(100);
    private static final DecimalRule AMOUNT = DecimalRule.of("0.01", "999999999.99", 2);
    private static final DecimalRule PERCENT = DecimalRule.of("0.01", "100", 2);
    private static final int MINOR_DIGITS = 2;
    /** Ten years. */
    private static final int VALIDITY_DAYS_MAX = 3_660;

    private CouponTypeFields() {}

    static Optional<CouponType> read(Fields fields) {
        Optional<String> code = fields.requiredText("code", CODE);
        Optional<String> description = fields.requiredText("description", DESCRIPTION);
        Optional<String> item = fields.requiredText("item", CODE);
        Optional<Discount> discount = fields.requiredObject("discount").flatMap(CouponTypeFields::discount);
        Optional<Period> validity = Forms.period(fields, "validity", VALIDITY_DAYS_MAX);
        Optional<Numbering> numbering = NumberingFields.required(
                fields,
                "numberPattern",
                "series",
                "coupon_type:" + code.map(ComparisonKey::of).orElse(""));
        boolean retired = fields.bool("retired").orElse(false);
        fields.refuseUnknown();
        if (code.isEmpty() || item.isEmpty() || discount.isEmpty() || numbering.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new CouponType(
                code.get(),
                ComparisonKey.of(code.get()),
                description.orElse(""),
                ComparisonKey.of(item.get()),
                discount.get(),
                numbering.get(),
                validity,
                retired));
    }

    private static Optional<Discount> discount(Fields fields) {
        Optional<Discount> amount = AMOUNT.read(fields, "amount")
                .map(value ->
                        new Discount.Amount(value.movePointRight(MINOR_DIGITS).longValueExact()));
        Optional<Discount> percent = PERCENT.read(fields, "percent").map(Discount.Percent::new);
        boolean hasAmount = fields.json("amount").isPresent();
        boolean hasPercent = fields.json("percent").isPresent();
        if (hasAmount && hasPercent) {
            fields.refuse("percent", ViolationCode.NOT_ALLOWED, "A discount is an amount or a percentage, not both.");
        }
        if (!hasAmount && !hasPercent) {
            fields.violations().add(fields.pointer(), ViolationCode.REQUIRED, "Name amount or percent.");
        }
        fields.refuseUnknown();
        return amount.or(() -> percent);
    }

    static void crossCheck(List<Located<CouponType>> types, List<Located<Item>> items, Violations violations) {
        Map<String, Item> byKey = new HashMap<>();
        items.forEach(item -> byKey.putIfAbsent(item.value().key(), item.value()));
        Set<String> triggers = new HashSet<>();
        for (Located<CouponType> type : types) {
            Item item = byKey.get(type.value().itemKey());
            // A retired one gives no coupons any more, and its item may have become anything since.
            boolean live = !type.value().retired();
            if (item == null) {
                type.refuse("item", ViolationCode.UNKNOWN_REFERENCE, "No item has this number.", violations);
            } else if (live && item.isBundle()) {
                type.refuse(
                        "item",
                        ViolationCode.NOT_ALLOWED,
                        "A package gives its components' coupons only; name an item.",
                        violations);
            } else if (live && !triggers.add(item.key())) {
                type.refuse(
                        "item",
                        ViolationCode.CONFLICT,
                        "Another coupon type has this item; name another item.",
                        violations);
            }
        }
    }
}
