package dev.drawbridge.rules;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.TreeScanner;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.lang.model.element.Modifier;
import org.jspecify.annotations.Nullable;

/**
 * Hard limits. The medians of admired and other codebases are alike; what differs is the tail: the longest file, the
 * widest constructor, the fattest package.
 */
final class Budget {

    static final int FILE_LINES_MAX = 300;
    static final int METHOD_LINES_MAX = 60;
    static final int PARAMETERS_MAX = 7;
    static final int IMPORTS_MAX = 30;
    static final int PACKAGE_FILES_MAX = 30;
    static final int LINE_CHARACTERS_MAX = 120;
    static final int PUBLIC_PERCENT_MAX = 60;

    /** Of a module of a few types, most are its door; a share says nothing there. */
    static final int SHARE_COUNTS_FROM_TYPES = 10;

    private Budget() {}

    static List<String> overrunsOf(SourceFile file) {
        List<String> overruns = new ArrayList<>();
        check(overruns, file.name(), "lines", file.lines().size(), FILE_LINES_MAX);
        check(overruns, file.name(), "imports", file.tree().getImports().size(), IMPORTS_MAX);
        for (int index = 0; index < file.lines().size(); index++) {
            String line = file.lines().get(index);
            check(
                    overruns,
                    file.name() + ":" + (index + 1),
                    "characters in the line",
                    line.codePointCount(0, line.length()),
                    LINE_CHARACTERS_MAX);
        }
        new MethodScanner(overruns).scan(file.tree(), file);
        return overruns;
    }

    static List<String> overrunsOfPackages(Collection<SourceFile> files) {
        List<String> overruns = new ArrayList<>();
        Map<String, Long> sizes = files.stream()
                .filter(file -> !file.types().isEmpty())
                .collect(Collectors.groupingBy(SourceFile::packageName, TreeMap::new, Collectors.counting()));
        sizes.forEach((name, size) -> check(overruns, name, "files", size, PACKAGE_FILES_MAX));
        return overruns;
    }

    /** Of each module, the platform being one; the root package only starts it all. */
    static List<String> overrunsOfPublicTypes(Collection<SourceFile> files) {
        List<String> overruns = new ArrayList<>();
        Map<String, List<ClassTree>> types = new TreeMap<>();
        for (SourceFile file : files) {
            if (module(file).isEmpty()) {
                continue;
            }
            types.computeIfAbsent(module(file), name -> new ArrayList<>()).addAll(file.types());
        }
        types.forEach((name, all) -> {
            if (all.size() < SHARE_COUNTS_FROM_TYPES) {
                return;
            }
            long shared = all.stream().filter(Budget::isPublic).count();
            check(overruns, name, "% public types", 100 * shared / all.size(), PUBLIC_PERCENT_MAX);
        });
        return overruns;
    }

    private static String module(SourceFile file) {
        String[] segments = file.packageName().split("\\.", -1);
        return segments.length > 2 ? segments[2] : "";
    }

    private static boolean isPublic(ClassTree type) {
        return type.getModifiers().getFlags().contains(Modifier.PUBLIC);
    }

    private static void check(List<String> overruns, String where, String what, long count, long max) {
        if (count > max) {
            overruns.add(where + ": " + count + " " + what + ", at most " + max);
        }
    }

    private static final class MethodScanner extends TreeScanner<@Nullable Void, SourceFile> {

        private final List<String> overruns;

        MethodScanner(List<String> overruns) {
            this.overruns = overruns;
        }

        @Override
        public @Nullable Void visitMethod(MethodTree method, SourceFile file) {
            long first = file.firstLineOf(method);
            String where = file.name() + ":" + first + " " + method.getName();
            check(overruns, where, "lines", file.lastLineOf(method) - first + 1, METHOD_LINES_MAX);
            check(overruns, where, "parameters", method.getParameters().size(), PARAMETERS_MAX);
            return super.visitMethod(method, file);
        }

        /** A record's header names its facts, as many as there are; only what its methods take is counted. */
        @Override
        public @Nullable Void visitClass(ClassTree type, SourceFile file) {
            if (type.getKind() != Tree.Kind.RECORD) {
                return super.visitClass(type, file);
            }
            type.getMembers().stream().filter(member -> !isConstructor(member)).forEach(member -> scan(member, file));
            return null;
        }

        private static boolean isConstructor(Tree member) {
            return member instanceof MethodTree method && method.getName().contentEquals("<init>");
        }
    }
}
