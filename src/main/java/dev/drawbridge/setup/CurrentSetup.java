package dev.drawbridge.setup;

import dev.drawbridge.platform.access.Companies;
import dev.drawbridge.platform.database.CompanyId;
import dev.drawbridge.platform.database.CompanyTransaction;
import dev.drawbridge.platform.database.Transactions;
import dev.drawbridge.platform.definitions.DefinitionStore;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Gives a company's setup back as one document: what was written, and what was retired since. */
@Component
class CurrentSetup {

    private final Transactions transactions;
    private final Companies companies;
    private final DefinitionStore definitions;
    private final JsonMapper json;

    CurrentSetup(Transactions transactions, Companies companies, DefinitionStore definitions, JsonMapper json) {
        this.transactions = transactions;
        this.companies = companies;
        this.definitions = definitions;
        this.json = json;
    }

    ObjectNode of(CompanyId company) {
        return transactions.inCompany(company, this::document);
    }

    private ObjectNode document(CompanyTransaction open) {
        ObjectNode document = json.createObjectNode();
        document.set("company", json.readTree(companies.settingsAsWritten(open)));
        for (SetupList list : SetupList.values()) {
            ArrayNode entries = json.createArrayNode();
            definitions.all(open, list.kind()).forEach(entry -> entries.add(json.readTree(entry.json())));
            if (!entries.isEmpty()) {
                document.set(list.property(), entries);
            }
        }
        return document;
    }
}
