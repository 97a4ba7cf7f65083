package dev.drawbridge.faults.load;

import dev.drawbridge.faults.cluster.Resources;
import java.io.IOException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import java.util.UUID;

/**
 * An attraction of the run: its setup, and the keys that were made for it.
 *
 * @param number 0 or 1
 * @param firstDay of the ten days that its slots are on
 */
public record Venue(int number, UUID tenant, List<Seller> sellers, LocalDate firstDay, String operatorKey) {

    /** A partner and its key. */
    record Seller(UUID id, String key) {}

    static final int DAYS = 10;
    static final LocalTime FIRST_START = LocalTime.of(9, 0);
    static final int STARTS_A_DAY = 18;
    static final int SLOT_MINUTES = 30;
    static final LocalTime TIGHT_START = LocalTime.of(10, 0);
    static final LocalTime HOT_START = LocalTime.of(12, 0);
    static final LocalTime GARDEN_START = LocalTime.of(8, 0);

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

    /** Capacities of the ten slots that cannot serve all who ask: of the first day's, and of each other. */
    String setup(int tightOnFirstDay, int tightLater) throws IOException {
        return Resources.text("setup.yaml")
                .replace("${tenant}", tenant.toString())
                .replace("${name}", company())
                .replace("${patient}", sellers.get(0).id().toString())
                .replace("${hasty}", sellers.get(1).id().toString())
                .replace("${first}", firstDay.toString())
                .replace("${last}", firstDay.plusDays(DAYS - 1).toString())
                .replace("${second}", firstDay.plusDays(1).toString())
                .replace("${tightFirst}", Integer.toString(tightOnFirstDay))
                .replace("${tight}", Integer.toString(tightLater));
    }
}
