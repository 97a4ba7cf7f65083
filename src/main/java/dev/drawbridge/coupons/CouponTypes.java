package dev.drawbridge.coupons;

import dev.drawbridge.catalog.Item;
import dev.drawbridge.platform.database.CompanyTransaction;
import dev.drawbridge.platform.database.Snapshots;
import dev.drawbridge.platform.definitions.DefinitionKind;
import dev.drawbridge.platform.definitions.DefinitionStore;
import dev.drawbridge.platform.web.Fields;
import dev.drawbridge.platform.web.Located;
import dev.drawbridge.platform.web.Stored;
import dev.drawbridge.platform.web.Violations;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** The kinds of coupons that a company gives. */
@Component
public class CouponTypes {

    private final Snapshots<CouponTypesSnapshot> snapshots;

    CouponTypes(DefinitionStore definitions) {
        this.snapshots = new Snapshots<>(
                definitions::setupVersion,
                transaction -> new CouponTypesSnapshot(definitions.all(transaction, DefinitionKind.COUPON_TYPE).stream()
                        .map(definition -> Stored.read(definition.json(), CouponTypes::read))
                        .toList()));
    }

    public CouponTypesSnapshot of(CompanyTransaction transaction) {
        return snapshots.of(transaction);
    }

    /** Reads an entry of the setup's list {@code couponTypes}; empty without a readable code and numbering. */
    public static Optional<CouponType> read(Fields fields) {
        return CouponTypeFields.read(fields);
    }

    /**
     * What coupon types refer to, and that one item triggers one of them at most: with two, "an item that triggers a
     * coupon type gives one coupon" would not say which.
     */
    public static void crossCheck(List<Located<CouponType>> types, List<Located<Item>> items, Violations violations) {
        CouponTypeFields.crossCheck(types, items, violations);
    }
}
