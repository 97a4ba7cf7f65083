package dev.drawbridge.platform.requests;

import dev.drawbridge.platform.web.Answer;
import dev.drawbridge.platform.web.JsonAnswers;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.stereotype.Component;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.context.request.RequestAttributes;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.HandlerMethodReturnValueHandler;
import org.springframework.web.method.support.ModelAndViewContainer;

/** A handler is a method from {@link Call} to {@link Answer}. */
@Component
class CallBinding implements HandlerMethodArgumentResolver, HandlerMethodReturnValueHandler {

    private final JsonAnswers answers;

    CallBinding(JsonAnswers answers) {
        this.answers = answers;
    }

    @Override
    public boolean supportsParameter(MethodParameter parameter) {
        return parameter.getParameterType() == Call.class;
    }

    @Override
    public Object resolveArgument(
            MethodParameter parameter,
            @Nullable ModelAndViewContainer container,
            NativeWebRequest request,
            @Nullable WebDataBinderFactory binders) {
        Object call = request.getAttribute(CallInterceptor.CALL, RequestAttributes.SCOPE_REQUEST);
        return Objects.requireNonNull(call, "A handler that takes a Call must be marked with @Requires");
    }

    @Override
    public boolean supportsReturnType(MethodParameter returnType) {
        return returnType.getParameterType() == Answer.class;
    }

    @Override
    public void handleReturnValue(
            @Nullable Object answer,
            MethodParameter returnType,
            ModelAndViewContainer container,
            NativeWebRequest request)
            throws IOException {
        container.setRequestHandled(true);
        HttpServletResponse response = Objects.requireNonNull(request.getNativeResponse(HttpServletResponse.class));
        answers.write(response, (Answer) Objects.requireNonNull(answer));
    }
}
