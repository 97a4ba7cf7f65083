package dev.drawbridge.platform.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.fixtures.OpenApiContract;
import dev.drawbridge.fixtures.TestServer;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** The OpenAPI document and the server know the same operations. */
class ApiRoutesTest {

    /** Answered by other means than a controller. */
    private static final List<String> HEALTH = List.of("GET /livez", "GET /readyz");

    /** Handlers that other tests add. */
    private static final String ROUTES_OF_TESTS = "/test/";

    @Test
    void every_route_of_the_server_is_in_the_document_and_the_other_way_round() {
        assertThat(routes()).containsExactlyElementsOf(documented());
    }

    private static Set<String> routes() {
        var mapping = TestServer.running().bean(RequestMappingHandlerMapping.class);
        Set<String> routes = new TreeSet<>(HEALTH);
        for (RequestMappingInfo info : mapping.getHandlerMethods().keySet()) {
            if (info.getPatternValues().stream().anyMatch(pattern -> pattern.contains(ROUTES_OF_TESTS))) {
                continue;
            }
            for (String pattern : info.getPatternValues()) {
                info.getMethodsCondition().getMethods().forEach(method -> routes.add(method + " " + pattern));
            }
        }
        return routes;
    }

    private static Set<String> documented() {
        Set<String> documented = new TreeSet<>();
        OpenApiContract.document()
                .required("paths")
                .properties()
                .forEach(path -> path.getValue().propertyNames().stream()
                        .filter(name -> !name.equals("parameters"))
                        .forEach(method -> documented.add(method.toUpperCase(Locale.ROOT) + " " + path.getKey())));
        return documented;
    }
}
