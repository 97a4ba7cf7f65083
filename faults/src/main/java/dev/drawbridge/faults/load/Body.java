package dev.drawbridge.faults.load;

import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * The body of a create or a replace.
 *
 * @param variant tells the bodies of one reference apart; it is a part of the guest's name, so that the stored row says
 *     which of them the server took
 * @param paymentReference empty: to become a Draft
 */
record Body(UUID partner, String reference, int variant, String paymentReference, Lines lines) {

    /** Names and addresses of guests begin so; no log may have it. */
    static final String CANARY = "Guestcanary";

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);

    String guestName() {
        return CANARY + " " + variant;
    }

    Body paid(String payment) {
        return new Body(partner, reference, variant, payment, lines);
    }

    boolean isPaid() {
        return !paymentReference.isEmpty();
    }

    String json() {
        String items = lines.lines().stream()
                .map(line -> """
                        {"itemNumber":"%s","quantity":%d,"visitDate":"%s","visitTime":"%s"}\
                        """.formatted(line.kind(), line.quantity(), line.date(), TIME.format(line.time())))
                .collect(Collectors.joining(","));
        String payment = isPaid() ? "\"paymentReference\":\"" + paymentReference + "\"," : "";
        return """
                {"partnerId":"%s","sellToOrderReference":"%s","sellToName":"%s",\
                "sellToEmail":"%s.%s@example.com",%s"items":[%s]}\
                """.formatted(partner, reference, guestName(), CANARY, reference, payment, items);
    }
}
