package dev.drawbridge.platform.faults;

import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.Opcode;
import java.lang.classfile.constantpool.MemberRefEntry;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.constant.ClassDesc;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.security.ProtectionDomain;
import java.time.Instant;
import java.util.List;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** An agent that has a node's own clock go wrong: whatever the product reads is shifted by its argument, milliseconds. */
public final class NodeClock {

    private static final List<String> SHIFTED = List.of("dev/drawbridge/", "com/fasterxml/uuid/");
    private static volatile long offsetMillis;

    private NodeClock() {}

    /** Called by the JVM before the program. */
    public static void premain(String argument, Instrumentation instrumentation) {
        offsetMillis = Long.parseLong(argument);
        instrumentation.addTransformer(new Shifting());
    }

    /** In place of System's. */
    public static long currentTimeMillis() {
        return System.currentTimeMillis() + offsetMillis;
    }

    /** In place of Instant's. */
    public static Instant now() {
        return Instant.now().plusMillis(offsetMillis);
    }

    private static boolean readsTheClock(String owner, String name, String type) {
        return owner.equals("java/lang/System") && name.equals("currentTimeMillis")
                || owner.equals("java/time/Instant") && name.equals("now") && type.equals("()Ljava/time/Instant;");
    }

    private static boolean readsTheClock(InvokeInstruction call) {
        return call.opcode() == Opcode.INVOKESTATIC
                && readsTheClock(
                        call.owner().asInternalName(),
                        call.name().stringValue(),
                        call.type().stringValue());
    }

    private static final class Shifting implements ClassFileTransformer {

        private static final ClassDesc OURS = ClassDesc.of(NodeClock.class.getName());

        @Override
        public byte @Nullable [] transform(
                @Nullable ClassLoader loader,
                @Nullable String name,
                @Nullable Class<?> redefined,
                @Nullable ProtectionDomain domain,
                byte[] bytes) {
            if (loader == null
                    || name == null
                    || name.endsWith("/NodeClock")
                    || SHIFTED.stream().noneMatch(name::startsWith)) {
                return null;
            }
            ClassFile file = ClassFile.of(
                    ClassFile.ClassHierarchyResolverOption.of(ClassHierarchyResolver.ofResourceParsing(loader)));
            ClassModel model = file.parse(bytes);
            boolean reads = StreamSupport.stream(model.constantPool().spliterator(), false)
                    .anyMatch(entry -> entry instanceof MemberRefEntry member
                            && readsTheClock(
                                    member.owner().asInternalName(),
                                    member.name().stringValue(),
                                    member.type().stringValue()));
            return reads ? file.transformClass(model, ClassTransform.transformingMethodBodies(shifted())) : null;
        }

        private static CodeTransform shifted() {
            return (builder, element) -> {
                if (element instanceof InvokeInstruction call && readsTheClock(call)) {
                    builder.invokestatic(OURS, call.name().stringValue(), call.typeSymbol());
                } else {
                    builder.with(element);
                }
            };
        }
    }
}
