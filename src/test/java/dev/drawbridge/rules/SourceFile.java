package dev.drawbridge.rules;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/**
 * One Java file as the compiler reads it.
 *
 * @param name from the source root, with slashes: {@code dev/drawbridge/orders/OrderIntake.java}
 */
record SourceFile(String name, String text, CompilationUnitTree tree, SourcePositions positions) {

    private static final Path MAIN = Path.of("src/main/java");
    private static final Path TEST = Path.of("src/test/java");

    static List<SourceFile> ofMain() {
        return Holder.MAIN_FILES;
    }

    static List<SourceFile> ofTest() {
        return Holder.TEST_FILES;
    }

    static List<SourceFile> ofMainAndTest() {
        return Stream.concat(ofMain().stream(), ofTest().stream()).toList();
    }

    static SourceFile of(String name, String text) {
        return parsed(List.of(new InMemory(name, text))).getFirst();
    }

    /** All files in one run of the compiler, which is far quicker than one run for each. */
    private static List<SourceFile> parsed(List<InMemory> files) {
        var task = (JavacTask) ToolProvider.getSystemJavaCompiler().getTask(null, null, null, null, null, files);
        SourcePositions positions = Trees.instance(task).getSourcePositions();
        try {
            List<SourceFile> parsed = new ArrayList<>();
            Iterator<InMemory> inOrder = files.iterator();
            for (CompilationUnitTree tree : task.parse()) {
                InMemory file = inOrder.next();
                parsed.add(new SourceFile(file.name, file.text, tree, positions));
            }
            return parsed;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Read once for all rules. */
    private static final class Holder {

        private static final List<SourceFile> MAIN_FILES = all(MAIN);
        private static final List<SourceFile> TEST_FILES = all(TEST);
    }

    String packageName() {
        return tree.getPackageName() == null ? "" : tree.getPackageName().toString();
    }

    List<ClassTree> types() {
        return tree.getTypeDecls().stream()
                .filter(ClassTree.class::isInstance)
                .map(ClassTree.class::cast)
                .toList();
    }

    List<String> lines() {
        return text.lines().toList();
    }

    long firstLineOf(Tree part) {
        return tree.getLineMap().getLineNumber(positions.getStartPosition(tree, part));
    }

    long lastLineOf(Tree part) {
        return tree.getLineMap().getLineNumber(positions.getEndPosition(tree, part));
    }

    /** The part as it stands in the file. */
    String sourceOf(Tree part) {
        return text.substring((int) positions.getStartPosition(tree, part), (int) positions.getEndPosition(tree, part));
    }

    private static List<SourceFile> all(Path root) {
        try (Stream<Path> files = Files.walk(root)) {
            return parsed(files.filter(file -> file.toString().endsWith(".java"))
                    .sorted()
                    .map(file -> new InMemory(root.relativize(file).toString().replace('\\', '/'), read(file)))
                    .toList());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static final class InMemory extends SimpleJavaFileObject {

        private final String name;
        private final String text;

        InMemory(String name, String text) {
            super(URI.create("memory:///" + name), JavaFileObject.Kind.SOURCE);
            this.name = name;
            this.text = text;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }
}
