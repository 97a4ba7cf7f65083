package dev.drawbridge.faults;

import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

/**
 * An attraction of the run: its setup, and the keys that were made for it.
 *
 * @param number 0 or 1
 * @param firstDay of the ten days that its slots are on
 */
record Venue(int number, UUID tenant, List<Seller> sellers, LocalDate firstDay, String operatorKey) {

    /** A partner and its key. */
    record Seller(UUID id, String key) {}

    static final int DAYS = 10;
    static final LocalTime FIRST_START = LocalTime.of(9, 0);
    static final int STARTS_A_DAY = 18;
    static final int SLOT_MINUTES = 30;
    static final LocalTime TIGHT_START = LocalTime.of(10, 0);
    static final LocalTime HOT_START = LocalTime.of(12, 0);
    static final LocalTime GARDEN_START = LocalTime.of(8, 0);

    /** Long enough for a guest to pay, and so short that the others run out within the run. */
    private static final List<String> HOLDS = List.of("PT2H", "PT20S");

    String company() {
        return "Fault Castle " + number;
    }

    String path() {
        return "/" + tenant + "/production/" + company().replace(" ", "%20");
    }

    Venue withKeys(String operator, List<String> sellerKeys) {
        return new Venue(
                number,
                tenant,
                List.of(
                        new Seller(sellers.get(0).id(), sellerKeys.get(0)),
                        new Seller(sellers.get(1).id(), sellerKeys.get(1))),
                firstDay,
                operator);
    }

    /** @param tightCapacity of each of the ten slots that cannot serve all who ask */
    String setup(int tightCapacity) {
        String from = firstDay.toString();
        String until = firstDay.plusDays(DAYS - 1).toString();
        return """
                company:
                  tenant: %s
                  environment: production
                  name: %s
                  timeZone: Europe/Copenhagen
                  currency: DKK
                  language: ENU
                partners:
                  - { id: %s, name: Patient Travel, draftHold: %s }
                  - { id: %s, name: Hasty Travel, draftHold: %s, documentNumbers: { prefix: "HT-", next: 1, digits: 8 } }
                admissions:
                  - code: MAIN
                    description: Castle
                    entry: TIMED
                    schedules: [{ weekdays: %7$s, from: "09:00", until: "18:00", every: PT30M, capacity: 1000000, %8$s }]
                  - code: TIGHT
                    description: Tower
                    entry: TIMED
                    schedules: [{ weekdays: %7$s, at: ["10:00"], lasts: PT1H, capacity: %9$d, %8$s }]
                  - code: HOT
                    description: Joust
                    entry: TIMED
                    schedules: [{ weekdays: %7$s, at: ["12:00"], lasts: PT1H, capacity: 1000000, validFrom: "%10$s", validUntil: "%10$s" }]
                  - code: GARDEN
                    description: Garden
                    entry: DAY
                    schedules: [{ weekdays: %7$s, from: "08:00", until: "20:00", capacity: 1000000, %8$s }]
                  - { code: PARKING, description: Parking, entry: OPEN }
                """.formatted(
                                tenant,
                                company(),
                                sellers.get(0).id(),
                                HOLDS.get(0),
                                sellers.get(1).id(),
                                HOLDS.get(1),
                                "[MON, TUE, WED, THU, FRI, SAT, SUN]",
                                String.format(Locale.ROOT, "validFrom: \"%s\", validUntil: \"%s\"", from, until),
                                tightCapacity,
                                from)
                + ITEMS;
    }

    private static final String ITEMS = """
            ticketTypes:
              - { code: ENTRY, registration: INDIVIDUAL, admissions: [MAIN], numberPattern: "ENT-[X*12]" }
              - { code: TOWER, registration: INDIVIDUAL, admissions: [TIGHT], numberPattern: "TOW-[X*12]" }
              - { code: JOUST, registration: INDIVIDUAL, admissions: [HOT], numberPattern: "JOU-[X*12]" }
              - { code: GROUP, registration: GROUP, admissions: [MAIN], numberPattern: "GRP-[X*12]" }
              - { code: DAYPASS, registration: INDIVIDUAL, admissions: [MAIN, GARDEN], numberPattern: "DAY-[X*12]" }
              - { code: PARK, registration: INDIVIDUAL, admissions: [PARKING], numberPattern: "PRK-[S]", series: { next: 1, digits: 8 } }
            couponTypes:
              - { code: CAFE, description: Coffee, item: "COFFEE", discount: { amount: 35.00 }, validity: P1Y, numberPattern: "CAF-[X*12]" }
            items:
              - { number: "ENTRY", description: Castle, ticketType: ENTRY, price: { amount: 100.00, includesVat: true, vatPercent: 25 } }
              - { number: "TOWER", description: Tower, ticketType: TOWER, price: { amount: 60.00, includesVat: true, vatPercent: 25 } }
              - { number: "JOUST", description: Joust, ticketType: JOUST, price: { amount: 90.00, includesVat: true, vatPercent: 25 } }
              - { number: "GROUP", description: Group, ticketType: GROUP, price: { amount: 75.00, includesVat: true, vatPercent: 25 } }
              - { number: "DAYPASS", description: Day pass, ticketType: DAYPASS, price: { amount: 140.00, includesVat: true, vatPercent: 25 } }
              - { number: "PARK", description: Parking, ticketType: PARK, price: { amount: 20.00, includesVat: true, vatPercent: 25 } }
              - { number: "COFFEE", description: Coffee, price: { amount: 35.00, includesVat: true, vatPercent: 25 } }
              - number: "FAMILY"
                description: Family day
                package:
                  - { item: "ENTRY", quantity: 2, unitPrice: { amount: 90.00, includesVat: true, vatPercent: 25 } }
                  - { item: "COFFEE", quantity: 2 }
            """;
}
