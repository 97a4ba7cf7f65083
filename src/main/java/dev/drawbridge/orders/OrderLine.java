package dev.drawbridge.orders;

import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;

/**
 * One line as submitted and validated. Lives in the order's JSON content and nowhere else.
 *
 * @param lineNo 100000 x position, from 1
 * @param itemNumber as sent; compared case-insensitively
 * @param sellTo effective: what the line did not say it has from the order
 */
record OrderLine(
        int lineNo,
        String itemNumber,
        int quantity,
        LocalDate visitDate,
        LocalTime visitTime,
        SellTo sellTo,
        Wishes wishes) {

    /**
     * What was asked for the line's wallets.
     *
     * @param names one per wallet, empty where the item's description stands in; or none at all
     * @param externalReferences one per wallet, empty for none; or none at all
     */
    record Wishes(List<String> names, List<String> externalReferences, List<ComponentVisit> componentSchedule) {

        Wishes {
            names = List.copyOf(names);
            externalReferences = List.copyOf(externalReferences);
            componentSchedule = List.copyOf(componentSchedule);
        }

        /** @param seqNo of the wallet, from 1 */
        String name(int seqNo) {
            return at(names, seqNo);
        }

        String externalReference(int seqNo) {
            return at(externalReferences, seqNo);
        }

        /** A setup that changed since may make more wallets of the line than it was sent for. */
        private static String at(List<String> texts, int seqNo) {
            return seqNo > texts.size() ? "" : texts.get(seqNo - 1);
        }
    }

    /**
     * Who the order, or one line of it, is for; empty where nothing was given. Stored only: nothing is ever sent to it.
     */
    record SellTo(String email, String name, String language) {}

    /** When one ticket component of a bundle is visited, where that differs from its line. */
    record ComponentVisit(String itemNumber, LocalDate visitDate, LocalTime visitTime) {}
}
