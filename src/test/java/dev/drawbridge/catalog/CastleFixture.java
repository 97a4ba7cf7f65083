package dev.drawbridge.catalog;

import dev.drawbridge.fixtures.SetupEntry;
import dev.drawbridge.platform.access.PartnerId;
import java.util.List;
import java.util.UUID;

/** The items of CRONUS Castle, as its setup writes them. */
final class CastleFixture {

    static final PartnerId JOURNEY_DEALS = partner("21e8c1d2-3f4a-4c5b-9e6d-7f8a9b0c1d2e");
    static final PartnerId CITY_PASS_NORD = partner("5c0d7c1a-0d0e-4a39-8f6c-2d1f0c9b8a70");

    static final Item ADMISSION = item("""
            { number: '31001', description: 'Castle Admission', ticketType: 'ENTRY',
              price: { amount: 100.00, includesVat: true, vatPercent: 25 },
              translations: { DAN: 'Entré til slottet', DEU: 'Eintritt ins Schloss' },
              priceRules: [
                { weekdays: ['SAT', 'SUN'], percent: 10 },
                { from: '2026-12-27', until: '2026-12-30', fixed: 120.00 } ] }
            """);
    static final Item CHILD = item("""
            { number: '31002', description: 'Castle Admission, Child', ticketType: 'ENTRY',
              price: { amount: 40.00, includesVat: true, vatPercent: 25 },
              priceRules: [
                { partner: '5c0d7c1a-0d0e-4a39-8f6c-2d1f0c9b8a70', relative: -5.00 },
                { weekdays: ['MON', 'TUE', 'WED', 'THU', 'FRI'], fromTime: '16:00', untilTime: '18:00',
                  percent: -20 } ] }
            """);
    static final Item TOUR = item("""
            { number: '31003', description: 'Guided Tour of the Towers', ticketType: 'TOUR',
              price: { amount: 60.00, includesVat: false, vatPercent: 25 } }
            """);
    static final Item COFFEE = item("""
            { number: '41001', description: 'Coffee and Cake',
              price: { amount: 35.00, includesVat: true, vatPercent: 25 } }
            """);
    static final Item SHOP_DISCOUNT = item("""
            { number: '41002', description: 'Shop Discount',
              price: { amount: 0.00, includesVat: true, vatPercent: 25 } }
            """);
    static final Item FAMILY_DAY = item("""
            { number: '32001', description: 'Family Day at the Castle',
              package: [
                { item: '31001', quantity: 2, unitPrice: { amount: 90.00, includesVat: true, vatPercent: 25 } },
                { item: '31002', quantity: 2 },
                { item: '31003', quantity: 4 },
                { item: '41001', quantity: 4 } ] }
            """);
    static final CatalogSnapshot CASTLE =
            new CatalogSnapshot(List.of(ADMISSION, CHILD, TOUR, COFFEE, SHOP_DISCOUNT, FAMILY_DAY));

    private CastleFixture() {}

    static Item item(String entry) {
        return SetupEntry.valid(entry, Catalog::readItem);
    }

    private static PartnerId partner(String id) {
        return new PartnerId(UUID.fromString(id));
    }
}
