package dev.drawbridge.platform.requests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.fixtures.TestServer;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

class EveryRouteTest {

    private final RequestMappingHandlerMapping routes = TestServer.running().bean(RequestMappingHandlerMapping.class);

    @Test
    void every_route_of_a_tenant_needs_a_key() {
        assertThat(routes.getHandlerMethods())
                .allSatisfy((route, handler) -> assertThat(handler.hasMethodAnnotation(Requires.class))
                        .as("%s %s", route, handler)
                        .isEqualTo(isOfATenant(route)));
    }

    @Test
    void a_handler_that_takes_a_call_needs_a_key() {
        assertThat(routes.getHandlerMethods().values())
                .filteredOn(handler -> takesACall(handler))
                .allSatisfy(handler ->
                        assertThat(handler.hasMethodAnnotation(Requires.class)).isTrue());
    }

    @Test
    void the_releases_of_a_handler_begin_with_the_first_and_grow() {
        assertThat(routes.getHandlerMethods().values())
                .filteredOn(handler -> handler.hasMethodAnnotation(Requires.class))
                .allSatisfy(handler -> {
                    Requires requires = Objects.requireNonNull(handler.getMethodAnnotation(Requires.class));
                    List<String> releases = List.of(requires.releases());
                    assertThat(releases).first().isEqualTo(ApiVersions.FIRST);
                    assertThat(releases).isSorted().doesNotHaveDuplicates();
                });
    }

    private static boolean isOfATenant(RequestMappingInfo route) {
        return route.getPatternValues().stream().allMatch(pattern -> pattern.startsWith("/{tenant}/"));
    }

    private static boolean takesACall(HandlerMethod handler) {
        return Arrays.asList(handler.getMethod().getParameterTypes()).contains(Call.class);
    }
}
