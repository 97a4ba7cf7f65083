package dev.drawbridge.faults.cluster;

import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.Opcode;
import java.lang.classfile.constantpool.MemberRefEntry;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.constant.ClassDesc;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.StreamSupport;

/** Has classes that read the node's clock read one that the harness sets; they stand before the others' in our jar. */
final class ClockShift {

    private static final ClassDesc NODE_CLOCK = ClassDesc.of("dev.drawbridge.platform.faults.NodeClock");

    private ClockShift() {}

    /**
     * The classes of a jar that had to be changed, by their entry.
     *
     * @param all knows every class that they refer to
     */
    static Map<String, byte[]> of(Path jar, ClassLoader all) throws IOException {
        ClassFile format =
                ClassFile.of(ClassFile.ClassHierarchyResolverOption.of(ClassHierarchyResolver.ofResourceParsing(all)));
        Map<String, byte[]> changed = new TreeMap<>();
        try (var file = new JarFile(jar.toFile())) {
            for (JarEntry entry : file.stream().toList()) {
                if (entry.getName().endsWith(".class") && !entry.getName().startsWith("META-INF/")) {
                    byte[] bytes = file.getInputStream(entry).readAllBytes();
                    ClassModel model = format.parse(bytes);
                    if (readsTheClock(model)) {
                        changed.put(entry.getName(), shifted(format, model));
                    }
                }
            }
        }
        return changed;
    }

    private static byte[] shifted(ClassFile format, ClassModel model) {
        CodeTransform calls = (builder, element) -> {
            if (element instanceof InvokeInstruction call && readsTheClock(call)) {
                builder.invokestatic(NODE_CLOCK, call.name().stringValue(), call.typeSymbol());
            } else {
                builder.with(element);
            }
        };
        return format.transformClass(model, ClassTransform.transformingMethodBodies(calls));
    }

    private static boolean readsTheClock(ClassModel model) {
        return StreamSupport.stream(model.constantPool().spliterator(), false)
                .anyMatch(entry -> entry instanceof MemberRefEntry member
                        && readsTheClock(
                                member.owner().asInternalName(),
                                member.name().stringValue(),
                                member.type().stringValue()));
    }

    private static boolean readsTheClock(InvokeInstruction call) {
        return call.opcode() == Opcode.INVOKESTATIC
                && readsTheClock(
                        call.owner().asInternalName(),
                        call.name().stringValue(),
                        call.type().stringValue());
    }

    private static boolean readsTheClock(String owner, String name, String type) {
        return owner.equals("java/lang/System") && name.equals("currentTimeMillis")
                || owner.equals("java/time/Instant") && name.equals("now") && type.equals("()Ljava/time/Instant;");
    }
}
