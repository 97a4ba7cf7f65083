package dev.drawbridge.platform.requests;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.stereotype.Component;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;

/** Runs the checks before a handler that is marked with {@link Requires}, and makes its {@link Call}. */
@Component
class CallInterceptor implements HandlerInterceptor {

    static final String CALL = Call.class.getName();

    private final RequestChecks checks;
    private final Call.Parts parts;

    CallInterceptor(RequestChecks checks, Call.Parts parts) {
        this.checks = checks;
        this.parts = parts;
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        if (handler instanceof HandlerMethod method) {
            Requires requires = method.getMethodAnnotation(Requires.class);
            if (requires != null) {
                RequestChecks.Admitted admitted = checks.check(request, response, requires);
                request.setAttribute(CALL, new Call(request, requires, admitted, parts));
            }
        }
        return true;
    }
}
