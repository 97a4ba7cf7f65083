package dev.drawbridge.setup;

import dev.drawbridge.platform.database.CompanyTransaction;
import dev.drawbridge.platform.database.ComparisonKey;
import dev.drawbridge.platform.database.Snapshots;
import dev.drawbridge.platform.definitions.DefinitionKind;
import dev.drawbridge.platform.definitions.DefinitionStore;
import dev.drawbridge.platform.web.Fields;
import dev.drawbridge.platform.web.Stored;
import dev.drawbridge.platform.web.TextRule;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** How a company's manifests look. */
@Component
public class Designs {

    private static final TextRule CODE = TextRule.reference(20);
    private static final TextRule TITLE = TextRule.name(100);
    private static final TextRule FOOTER = TextRule.name(500);
    private static final Pattern COLOR = Pattern.compile("#[0-9a-fA-F]{6}");

    private final Snapshots<Map<String, Design>> snapshots;

    Designs(DefinitionStore definitions) {
        this.snapshots = new Snapshots<>(
                definitions::setupVersion, transaction -> definitions.all(transaction, DefinitionKind.DESIGN).stream()
                        .map(definition -> Stored.read(definition.json(), Designs::read))
                        .collect(Collectors.toUnmodifiableMap(Design::key, Function.identity())));
    }

    public Optional<Design> find(CompanyTransaction transaction, String codeInAnyCase) {
        return Optional.ofNullable(snapshots.of(transaction).get(ComparisonKey.of(codeInAnyCase)));
    }

    /** Reads an entry of the setup's list {@code designs}; empty without a readable code. */
    static Optional<Design> read(Fields fields) {
        Optional<String> code = fields.requiredText("code", CODE);
        Optional<String> title = fields.requiredText("title", TITLE);
        Optional<String> primaryColor = fields.requiredParsed("primaryColor", Designs::color, "a color #rrggbb");
        Optional<String> accentColor = fields.requiredParsed("accentColor", Designs::color, "a color #rrggbb");
        Optional<String> footer = fields.text("footer", FOOTER);
        Optional<Design.Logo> logo = LogoCheck.read(fields, "logo");
        Optional<Boolean> retired = fields.bool("retired");
        fields.refuseUnknown();
        return code.map(written -> new Design(
                written,
                ComparisonKey.of(written),
                title.orElse(""),
                primaryColor.orElse(""),
                accentColor.orElse(""),
                footer.orElse(""),
                logo,
                retired.orElse(false)));
    }

    private static Optional<String> color(String text) {
        return Optional.of(text).filter(written -> COLOR.matcher(written).matches());
    }
}
