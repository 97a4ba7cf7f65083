package dev.drawbridge.orders;

import dev.drawbridge.platform.access.PartnerId;
import dev.drawbridge.platform.database.CompanyTransaction;
import dev.drawbridge.platform.database.ComparisonKey;
import dev.drawbridge.platform.database.Transactions;
import dev.drawbridge.platform.time.JobRunner;
import dev.drawbridge.platform.web.Fields;
import dev.drawbridge.platform.web.Problem;
import dev.drawbridge.platform.web.ViolationCode;
import dev.drawbridge.platform.web.Violations;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/** Puts validated orders into the queue with all that they reserve at submission. */
@Component
class OrderQueue {

    /** Who issues the order: any worker, or the call that brought it. */
    enum Mode {
        ASYNCHRONOUS,
        SYNCHRONOUS
    }
}
