package dev.drawbridge.faults.cluster;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** What was tried and what tried it, in eight characters: of contents, not of times, which every build has its own. */
public final class Checksum {

    private Checksum() {}

    /**
     * @param jar of the product
     * @param classes of the harness
     */
    public static String of(Path jar, Path classes) throws IOException {
        var sum = new CRC32();
        try (var entries = new ZipFile(jar.toFile())) {
            entries.stream()
                    .sorted(Comparator.comparing(ZipEntry::getName))
                    .forEach(entry -> sum.update(bytes(entry.getName() + " " + entry.getCrc())));
        }
        try (Stream<Path> paths = Files.walk(classes)) {
            List<Path> files = paths.filter(Files::isRegularFile).sorted().toList();
            for (Path file : files) {
                sum.update(bytes(classes.relativize(file).toString()));
                sum.update(Files.readAllBytes(file));
            }
        }
        return HexFormat.of().toHexDigits((int) sum.getValue());
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
