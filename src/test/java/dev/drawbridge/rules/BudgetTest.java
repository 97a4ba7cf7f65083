package dev.drawbridge.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BudgetTest {

    @Test
    void files_methods_parameters_imports_and_lines_stay_small() {
        assertThat(SourceFile.ofMainAndTest().stream()
                        .filter(file -> !file.name().endsWith("/PlantedFaults.java"))
                        .flatMap(file -> Budget.overrunsOf(file).stream()))
                .isEmpty();
    }

    @Test
    void packages_stay_small() {
        assertThat(Budget.overrunsOfPackages(SourceFile.ofMain())).isEmpty();
        assertThat(Budget.overrunsOfPackages(SourceFile.ofTest())).isEmpty();
    }

    @Test
    void modules_share_little() {
        assertThat(Budget.overrunsOfPublicTypes(SourceFile.ofMain()))
                .as("public is a promise; make what no other module needs package-private")
                .isEmpty();
    }

    @Test
    void a_file_of_301_lines_is_found() {
        assertThat(Budget.overrunsOf(fileOfLines(299))).isEmpty();
        assertThat(Budget.overrunsOf(fileOfLines(300))).isEmpty();
        assertThat(Budget.overrunsOf(fileOfLines(301))).containsExactly("a/A.java: 301 lines, at most 300");
    }

    @Test
    void a_method_of_61_lines_is_found() {
        assertThat(Budget.overrunsOf(fileWithMethodOfLines(60))).isEmpty();
        assertThat(Budget.overrunsOf(fileWithMethodOfLines(61)))
                .containsExactly("a/A.java:2 run: 61 lines, at most 60");
    }

    @Test
    void an_eighth_parameter_is_found_but_not_an_eighth_fact_of_a_record() {
        assertThat(Budget.overrunsOf(file("class A { void run(int a, int b, int c, int d, int e, int f, int g) {} }")))
                .isEmpty();
        assertThat(Budget.overrunsOf(file("class A { A(int a, int b, int c, int d, int e, int f, int g, int h) {} }")))
                .containsExactly("a/A.java:1 <init>: 8 parameters, at most 7");
        assertThat(Budget.overrunsOf(file("record A(int a, int b, int c, int d, int e, int f, int g, int h) {}")))
                .isEmpty();
        assertThat(Budget.overrunsOf(file("record A(int a, int b, int c, int d, int e, int f, int g, int h) { A {} }")))
                .isEmpty();
    }

    @Test
    void a_31st_import_is_found() {
        assertThat(Budget.overrunsOf(file("import java.util.List;\n".repeat(30) + "class A {}")))
                .isEmpty();
        assertThat(Budget.overrunsOf(file("import java.util.List;\n".repeat(31) + "class A {}")))
                .containsExactly("a/A.java: 31 imports, at most 30");
    }

    @Test
    void a_line_of_121_characters_is_found() {
        assertThat(Budget.overrunsOf(file("// " + "é".repeat(117)))).isEmpty();
        assertThat(Budget.overrunsOf(file("// " + "é".repeat(118))))
                .containsExactly("a/A.java:1: 121 characters in the line, at most 120");
    }

    @Test
    void a_31st_file_in_a_package_is_found() {
        assertThat(Budget.overrunsOfPackages(filesOfOnePackage(30))).isEmpty();
        assertThat(Budget.overrunsOfPackages(filesOfOnePackage(31))).containsExactly("a: 31 files, at most 30");
    }

    @Test
    void more_than_60_percent_public_types_are_found_in_a_module_of_ten_or_more() {
        assertThat(Budget.overrunsOfPublicTypes(module(6, 4))).isEmpty();
        assertThat(Budget.overrunsOfPublicTypes(module(7, 3))).containsExactly("orders: 70 % public types, at most 60");
        assertThat(Budget.overrunsOfPublicTypes(module(9, 0))).isEmpty();
    }

    private static SourceFile fileOfLines(int count) {
        return file("//\n".repeat(count));
    }

    private static SourceFile fileWithMethodOfLines(int count) {
        return file("class A {\nvoid run() {\n" + ";\n".repeat(count - 2) + "}\n}");
    }

    private static List<SourceFile> filesOfOnePackage(int count) {
        return IntStream.range(0, count)
                .mapToObj(index -> file("package a; class A" + index + " {}"))
                .toList();
    }

    private static List<SourceFile> module(int shared, int own) {
        return IntStream.range(0, shared + own)
                .mapToObj(index ->
                        file("package dev.drawbridge.orders; " + (index < shared ? "public " : "") + "class A {}"))
                .toList();
    }

    private static SourceFile file(String text) {
        return SourceFile.of("a/A.java", text);
    }
}
