package dev.drawbridge.platform.web;

import tools.jackson.databind.node.ObjectNode;

/** The documentation as text for AI agents (llmstxt.org): what people read in docs/, and the operations. */
final class AgentPages {

    private AgentPages() {}

    static String index(String publicBaseUrl) {
        return """
                # Drawbridge

                > The OTA channel manager for attractions: travel agencies send orders in over HTTP, guests come out
                > with wallets of tickets and coupons that open the gate.

                ## Documentation

                - [Everything as one text]({base}/llms-full.txt): guide, error codes, operations, schemas
                - [OpenAPI 3.1 document]({base}/openapi.json): every field, limit, example and error
                - [The same as a page]({base}/docs): for people
                """.replace("{base}", publicBaseUrl);
    }

    static String whole(ObjectNode document) {
        return ApiDocument.resource("/docs/integrators.md")
                + "\n"
                + ApiDocument.resource("/docs/errors.md")
                + "\n"
                + new ApiMarkdown(document).text()
                + """

                        ## A company's setup

                        An example with every field once:

                        ```yaml
                        %s```

                        Its JSON Schema:

                        ```json
                        %s```
                        """.formatted(
                        ApiDocument.resource("/demo/castle.yaml"), ApiDocument.resource("/setup/setup.schema.json"));
    }
}
