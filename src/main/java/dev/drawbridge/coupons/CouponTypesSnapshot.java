package dev.drawbridge.coupons;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** A company's coupon types as of one version of its setup; immutable. */
public final class CouponTypesSnapshot {

    private final Map<String, CouponType> byKey;
    private final Map<String, CouponType> byItem;

    CouponTypesSnapshot(List<CouponType> types) {
        this.byKey = types.stream().collect(Collectors.toUnmodifiableMap(CouponType::key, Function.identity()));
        this.byItem = types.stream()
                .filter(type -> !type.retired())
                .collect(Collectors.toUnmodifiableMap(CouponType::itemKey, Function.identity()));
    }

    /** The type that selling this item gives a coupon of. */
    public Optional<CouponType> triggeredBy(String itemKey) {
        return Optional.ofNullable(byItem.get(itemKey));
    }

    public Optional<CouponType> byKey(String key) {
        return Optional.ofNullable(byKey.get(key));
    }
}
