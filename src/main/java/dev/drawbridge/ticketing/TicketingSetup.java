package dev.drawbridge.ticketing;

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
import java.util.Set;
import java.util.function.Function;
import org.springframework.stereotype.Component;

/** What a company admits guests to, and with which kinds of tickets. */
@Component
public class TicketingSetup {

    private final DefinitionStore definitions;
    private final Snapshots<TicketingSnapshot> snapshots = new Snapshots<>(this::load);

    TicketingSetup(DefinitionStore definitions) {
        this.definitions = definitions;
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
