package dev.drawbridge.setup;

import dev.drawbridge.platform.access.ApiKey;
import dev.drawbridge.platform.access.ApiKeys;
import dev.drawbridge.platform.access.Permission;
import dev.drawbridge.platform.requests.Call;
import dev.drawbridge.platform.requests.PageRequest;
import dev.drawbridge.platform.requests.Requires;
import dev.drawbridge.platform.web.Answer;
import dev.drawbridge.platform.web.WebProblem;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** The API keys of a company: made, listed, revoked. */
@RestController
class ApiKeyController {

    private final ApiKeyIssuance issuance;
    private final ApiKeys keys;

    ApiKeyController(ApiKeyIssuance issuance, ApiKeys keys) {
        this.issuance = issuance;
        this.keys = keys;
    }

    @Requires(Permission.SETUP)
    @PostMapping("/{tenant}/{environment}/{company}/apiKeys")
    Answer create(Call call) {
        call.requireOperator();
        call.query().end();
        return call.idempotent(() -> {
            ApiKey.Created created =
                    issuance.issue(call.caller(), call.company(), new ApiKeyBody(call.body(), call.strict()));
            return new Answer(HttpStatus.CREATED, Map.of(), ApiKeyView.of(created))
                    .keeping(ApiKeyView.ofShown(created.apiKey()));
        });
    }

    @Requires(Permission.SETUP)
    @GetMapping("/{tenant}/{environment}/{company}/apiKeys")
    Answer list(Call call) {
        call.requireOperator();
        OptionalLong feed = call.query().sync();
        PageRequest page = call.pageRequest();
        call.query().end();
        if (feed.isPresent()) {
            return Answer.ok(call.changes(
                    page, feed.getAsLong(), (after, max) -> keys.changed(call.company(), after, max), ApiKeyView::of));
        }
        List<ApiKey> rows = keys.list(call.company(), page.after().map(UUID::fromString), page.rowsToRead());
        return Answer.ok(call.page(page, rows, key -> key.id().toString()).map(ApiKeyView::of));
    }

    @Requires(Permission.SETUP)
    @DeleteMapping("/{tenant}/{environment}/{company}/apiKeys/{id}")
    Answer revoke(Call call) {
        call.requireOperator();
        UUID id = call.pathUuid("id", WebProblem.RESOURCE_NOT_FOUND);
        call.query().end();
        call.ignoreBody();
        keys.revoke(call.caller(), call.company(), id);
        return Answer.noContent();
    }
}
