package dev.drawbridge.ticketing;

import dev.drawbridge.platform.database.CompanyTransaction;
import dev.drawbridge.platform.database.Snapshots;
import dev.drawbridge.platform.definitions.DefinitionKind;
import dev.drawbridge.platform.definitions.DefinitionStore;
import dev.drawbridge.platform.web.Fields;
import dev.drawbridge.platform.web.Located;
import dev.drawbridge.platform.web.Stored;
import dev.drawbridge.platform.web.ViolationCode;
import dev.drawbridge.platform.web.Violations;
import java.time.Period;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.springframework.stereotype.Component;

/** What a company admits guests to, and with which kinds of tickets. */
@Component
public class TicketingSetup {

    /** Slots of a company from today to its last day of sale: they are planned within the request. */
    static final int SLOTS_MAX = 1_000_000;

    private final DefinitionStore definitions;
    private final Snapshots<TicketingSnapshot> snapshots;

    TicketingSetup(DefinitionStore definitions) {
        this.definitions = definitions;
        this.snapshots = new Snapshots<>(definitions::setupVersion, this::load);
    }

    public TicketingSnapshot of(CompanyTransaction transaction) {
        return snapshots.of(transaction);
    }

    /** Reads an entry of the setup's list {@code admissions}; empty without a readable code and entry. */
    public static Optional<Admission> readAdmission(Fields fields) {
        return AdmissionFields.read(fields);
    }

    /** Reads an entry of the setup's list {@code ticketTypes}; empty without readable code, kind and numbering. */
    public static Optional<TicketType> readTicketType(Fields fields) {
        return TicketTypeFields.read(fields);
    }

    /**
     * What ticket types refer to.
     *
     * @param types all of the document that could be read, also those with violations of their own
     * @param admissionKeys of the document, and of what it retires
     */
    public static void crossCheck(List<Located<TicketType>> types, Set<String> admissionKeys, Violations violations) {
        TicketTypeFields.crossCheck(types, admissionKeys, violations);
    }

    /**
     * That a setup asks for no more slots than can be planned while somebody waits for the answer.
     *
     * @param admissions of the document
     */
    public static void refuseTooManySlots(
            List<Located<Admission>> admissions, Period saleHorizon, Violations violations) {
        long slots = SlotCalendar.SlotCount.most(
                admissions.stream().map(Located::value).toList(), SlotPlanning.daysOf(saleHorizon));
        if (slots > SLOTS_MAX) {
            violations.add(
                    "/admissions",
                    ViolationCode.OUT_OF_RANGE,
                    "These schedules ask for " + slots + " slots within the sale horizon, at most " + SLOTS_MAX
                            + " are allowed; make slots longer, or shorten saleHorizon.");
        }
    }

    private TicketingSnapshot load(CompanyTransaction transaction) {
        return new TicketingSnapshot(
                read(transaction, DefinitionKind.ADMISSION, TicketingSetup::readAdmission),
                read(transaction, DefinitionKind.TICKET_TYPE, TicketingSetup::readTicketType));
    }

    private <T> List<T> read(
            CompanyTransaction transaction, DefinitionKind kind, Function<Fields, Optional<T>> reader) {
        return definitions.all(transaction, kind).stream()
                .map(definition -> Stored.read(definition.json(), reader))
                .toList();
    }
}
