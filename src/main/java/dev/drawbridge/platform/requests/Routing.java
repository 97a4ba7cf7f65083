package dev.drawbridge.platform.requests;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.webmvc.autoconfigure.WebMvcRegistrations;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.HandlerMethodReturnValueHandler;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.PathMatchConfigurer;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerAdapter;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import org.springframework.web.util.pattern.PathPatternParser;

/** How Spring finds and calls handlers: literal segments in any case, our arguments and answers, no OPTIONS. */
@Configuration(proxyBeanMethods = false)
class Routing implements WebMvcConfigurer, WebMvcRegistrations {

    private final CallInterceptor interceptor;
    private final CallBinding binding;

    Routing(CallInterceptor interceptor, CallBinding binding) {
        this.interceptor = interceptor;
        this.binding = binding;
    }

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(interceptor);
    }

    @Override
    public void configurePathMatch(PathMatchConfigurer paths) {
        var parser = new PathPatternParser();
        parser.setCaseSensitive(false);
        paths.setPatternParser(parser);
    }

    @Override
    public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
        resolvers.add(binding);
    }

    @Override
    public RequestMappingHandlerMapping getRequestMappingHandlerMapping() {
        return new Mapping();
    }

    @Override
    public RequestMappingHandlerAdapter getRequestMappingHandlerAdapter() {
        return new Adapter(binding);
    }

    /** Spring would answer OPTIONS on any known path by itself, without asking for a key. */
    private static final class Mapping extends RequestMappingHandlerMapping {

        @Override
        protected @Nullable HandlerMethod handleNoMatch(
                Set<RequestMappingInfo> routes, String path, HttpServletRequest request) throws ServletException {
            if (request.getMethod().equals("OPTIONS")) {
                Set<String> supported = methods(routes, request);
                if (!supported.isEmpty()) {
                    throw new HttpRequestMethodNotSupportedException("OPTIONS", supported);
                }
            }
            return super.handleNoMatch(routes, path, request);
        }

        private static Set<String> methods(Set<RequestMappingInfo> routes, HttpServletRequest request) {
            Set<String> methods = new TreeSet<>();
            for (RequestMappingInfo route : routes) {
                var patterns = route.getPathPatternsCondition();
                if (patterns != null && patterns.getMatchingCondition(request) != null) {
                    route.getMethodsCondition().getMethods().forEach(method -> methods.add(method.name()));
                }
            }
            return methods;
        }
    }

    /** An {@code Answer} is ours to write; without this the {@code @ResponseBody} of a controller would take it. */
    private static final class Adapter extends RequestMappingHandlerAdapter {

        private final HandlerMethodReturnValueHandler answers;

        Adapter(HandlerMethodReturnValueHandler answers) {
            this.answers = answers;
        }

        @Override
        public void afterPropertiesSet() {
            super.afterPropertiesSet();
            var handlers = new ArrayList<HandlerMethodReturnValueHandler>();
            handlers.add(answers);
            handlers.addAll(Objects.requireNonNull(getReturnValueHandlers()));
            setReturnValueHandlers(handlers);
        }
    }
}
