package dev.drawbridge.ticketing;

import dev.drawbridge.platform.database.ComparisonKey;
import dev.drawbridge.platform.numbers.Numbering;
import dev.drawbridge.platform.numbers.NumberingFields;
import dev.drawbridge.platform.web.Fields;
import dev.drawbridge.platform.web.Forms;
import dev.drawbridge.platform.web.Located;
import dev.drawbridge.platform.web.ViolationCode;
import dev.drawbridge.platform.web.Violations;
import java.time.Period;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** How a ticket type is written in a setup, and what it may be. */
final class TicketTypeFields {

    /** Each is a slot that one ticket takes a place of. */
    private static final int ADMISSIONS_MAX = 20;
    /** Ten years. */
    private static final int VALIDITY_DAYS_MAX = 3_660;
    /** Stands for an admission that could not be read, so that the others keep their places. */
    private static final String UNREADABLE = "";

    private TicketTypeFields() {}

    static Optional<TicketType> read(Fields fields) {
        Optional<String> code = fields.requiredText("code", AdmissionFields.CODE);
        Optional<Boolean> group = fields.requiredParsed("registration", TicketTypeFields::group, "INDIVIDUAL or GROUP");
        List<String> admissionKeys = admissionKeys(fields);
        String seriesName = "ticket_type:" + code.map(ComparisonKey::of).orElse("");
        Optional<Numbering> numbering = NumberingFields.required(fields, "numberPattern", "series", seriesName);
        Optional<Period> validity = Forms.period(fields, "validity", VALIDITY_DAYS_MAX);
        boolean retired = fields.bool("retired").orElse(false);
        fields.refuseUnknown();
        if (code.isEmpty() || group.isEmpty() || numbering.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new TicketType(
                code.get(),
                ComparisonKey.of(code.get()),
                group.get(),
                admissionKeys,
                numbering.get(),
                validity,
                retired));
    }

    static void crossCheck(List<Located<TicketType>> types, Set<String> admissionKeys, Violations violations) {
        for (Located<TicketType> type : types) {
            List<String> keys = type.value().admissionKeys();
            for (int index = 0; index < keys.size(); index++) {
                if (!keys.get(index).equals(UNREADABLE) && !admissionKeys.contains(keys.get(index))) {
                    type.refuse(
                            "admissions/" + index,
                            ViolationCode.UNKNOWN_REFERENCE,
                            "No admission has this code.",
                            violations);
                }
            }
        }
    }

    private static List<String> admissionKeys(Fields fields) {
        Optional<List<JsonNode>> array = fields.requiredArray("admissions");
        List<JsonNode> elements = array.orElse(List.of());
        if (array.isPresent() && (elements.isEmpty() || elements.size() > ADMISSIONS_MAX)) {
            fields.refuse(
                    "admissions", ViolationCode.OUT_OF_RANGE, "Name from 1 to " + ADMISSIONS_MAX + " admissions.");
            return List.of();
        }
        List<String> keys = new ArrayList<>();
        for (int index = 0; index < elements.size(); index++) {
            String place = fields.pointer("admissions") + "/" + index;
            Optional<String> code =
                    Fields.textOf(elements.get(index), place, AdmissionFields.CODE, fields.violations());
            if (code.filter(String::isBlank).isPresent()) {
                fields.violations().add(place, ViolationCode.BLANK, "This must not be blank; fill it in.");
            }
            String key =
                    code.filter(text -> !text.isBlank()).map(ComparisonKey::of).orElse(UNREADABLE);
            if (!key.equals(UNREADABLE) && keys.contains(key)) {
                fields.violations().add(place, ViolationCode.DUPLICATE_VALUE, "Name each admission once.");
            }
            keys.add(key);
        }
        return keys;
    }

    private static Optional<Boolean> group(String registration) {
        return switch (registration) {
            case "INDIVIDUAL" -> Optional.of(false);
            case "GROUP" -> Optional.of(true);
            default -> Optional.empty();
        };
    }
}
