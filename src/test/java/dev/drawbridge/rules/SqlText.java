package dev.drawbridge.rules;

import com.sun.source.tree.BinaryTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.TreeScanner;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** SQL as it stands in a file's string literals: which tables it names, and whether it is whole. */
final class SqlText {

    private static final Pattern SQL = Pattern.compile(
            "\\s*(with\\s+(recursive\\s+)?\\w+(\\s*\\([^)]*\\))?\\s+as\\b|select\\b|insert\\s+into\\b"
                    + "|update\\s+(only\\s+)?[\\w.]+(\\s+(as\\s+)?\\w+)?\\s+set\\b|delete\\s+from\\b|merge\\s+into\\b"
                    + "|truncate\\b|lock\\s+table\\b|copy\\s).*",
            Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
    private static final Pattern COMMENT = Pattern.compile("--[^\\n]*");
    private static final Pattern QUOTED = Pattern.compile("'[^']*'");
    private static final Pattern COMMON_TABLE = Pattern.compile("(?:\\bwith(?:\\s+recursive)?|,)\\s+(\\w+)"
            + "(?:\\s*\\([^)]*\\))?\\s+as\\s*(?:not\\s+)?(?:materialized\\s*)?\\(");
    /** What follows is a table; "distinct from", "substring(... from 2)" and "for update" are something else. */
    private static final Pattern TABLE = Pattern.compile(
            "(?:(?<!distinct\\s)\\bfrom|\\bjoin|\\binto|(?<!for\\s)(?<!key\\s)(?<!do\\s)\\bupdate|\\busing|\\bonly)"
                    + "\\s+(?:lateral\\s+|only\\s+)?([a-z_][a-z_0-9]*)(\\.[a-z_][a-z_0-9]*)?(\\s*\\()?");

    private static final Set<String> NO_TABLES = Set.of("select", "values", "unnest", "lateral", "only");

    private SqlText() {}

    /** Where the file's SQL leaves the schema of its module; functions ({@code platform.now()}) are everyone's. */
    static List<String> breachesOf(SourceFile file) {
        List<String> breaches = new ArrayList<>();
        String schema = schemaOf(file);
        new SqlScanner(breaches, schema).scan(file.tree(), file);
        return breaches;
    }

    private static String schemaOf(SourceFile file) {
        String[] segments = file.packageName().split("\\.", -1);
        return segments.length > 2 ? segments[2] : "";
    }

    private static boolean isSql(Tree tree) {
        return tree instanceof LiteralTree literal
                && literal.getValue() instanceof String text
                && SQL.matcher(text).matches();
    }

    private static List<String> foreignTables(String sql, String schema) {
        String plain = QUOTED.matcher(COMMENT.matcher(sql).replaceAll(" "))
                .replaceAll("''")
                .toLowerCase(Locale.ROOT);
        Set<String> common = new HashSet<>(NO_TABLES);
        COMMON_TABLE.matcher(plain).results().map(found -> found.group(1)).forEach(common::add);
        return TABLE.matcher(plain)
                .results()
                .filter(found -> !isOwn(found, schema, common))
                .map(found -> found.group(2) == null ? found.group(1) : found.group(1) + found.group(2))
                .toList();
    }

    private static boolean isOwn(MatchResult found, String schema, Set<String> common) {
        boolean function = found.group(3) != null && !found.group().startsWith("into");
        if (found.group(2) == null) {
            return function || common.contains(found.group(1));
        }
        boolean catalogue = schema.equals("platform") && found.group(1).equals("pg_catalog");
        return function || catalogue || found.group(1).equals(schema);
    }

    private static final class SqlScanner extends TreeScanner<@Nullable Void, SourceFile> {

        private final List<String> breaches;
        private final String schema;

        SqlScanner(List<String> breaches, String schema) {
            this.breaches = breaches;
            this.schema = schema;
        }

        @Override
        public @Nullable Void visitLiteral(LiteralTree literal, SourceFile file) {
            if (isSql(literal)) {
                for (String table : foreignTables((String) literal.getValue(), schema)) {
                    breaches.add(at(file, literal) + " names " + table + ", which is not of schema " + schema);
                }
            }
            return super.visitLiteral(literal, file);
        }

        @Override
        public @Nullable Void visitBinary(BinaryTree sum, SourceFile file) {
            if (isSql(sum.getLeftOperand())) {
                breaches.add(at(file, sum) + " puts SQL together with +; write it whole in one text block");
            }
            return super.visitBinary(sum, file);
        }

        private static String at(SourceFile file, Tree tree) {
            return file.name() + ":" + file.firstLineOf(tree);
        }
    }
}
