package dev.drawbridge.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.platform.web.ProblemCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ErrorCatalogueTest {

    private static final Path PAGE = Path.of("docs/errors.md");

    private final List<ProblemCode> codes = ErrorCatalogue.codes();

    @Test
    void a_code_is_lower_case_with_underscores() {
        assertThat(codes).isNotEmpty().allSatisfy(code -> assertThat(code.code())
                .matches("[a-z]+(_[a-z]+)*"));
    }

    @Test
    void one_code_has_one_status() {
        assertThat(codes.stream().collect(Collectors.groupingBy(ProblemCode::code)))
                .allSatisfy((code, all) -> assertThat(all)
                        .as(code)
                        .extracting(ProblemCode::status)
                        .containsOnly(all.getFirst().status()));
    }

    @Test
    void a_message_is_one_sentence_that_says_what_is_wrong_and_then_what_to_do() {
        assertThat(codes).allSatisfy(code -> assertThat(code.message())
                .as(code.code())
                .matches("[A-Za-z][^.]*[;,:] .*\\.")
                .hasSizeLessThanOrEqualTo(200));
    }

    @Test
    void an_error_blames_the_request_or_the_server() {
        assertThat(codes)
                .allSatisfy(code ->
                        assertThat(code.status().isError()).as(code.code()).isTrue());
    }

    @Test
    void the_page_of_errors_is_up_to_date() throws IOException {
        if (Boolean.getBoolean("docs.write")) {
            Files.writeString(PAGE, ErrorCatalogue.markdown());
        }
        assertThat(PAGE)
                .as("docs/errors.md; write it again: ./drawbridge test -Dtest=ErrorCatalogueTest -Ddocs.write=true")
                .hasContent(ErrorCatalogue.markdown());
    }
}
