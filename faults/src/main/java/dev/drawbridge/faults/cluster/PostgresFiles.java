package dev.drawbridge.faults.cluster;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarFile;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/** PostgreSQL's programs and a new cluster, whose settings are those of the product: nothing acknowledged is lost. */
record PostgresFiles(Path programs, Path cluster, List<String> prefix) {

    private static final int EXECUTABLE_BITS = 0111;
    private static final int SECONDS_MAX = 120;

    static PostgresFiles create(Path archiveJar, Path directory, int port, String settings)
            throws IOException, InterruptedException {
        Path programs = directory.resolve("programs");
        Path cluster = directory.resolve("cluster");
        unpack(archiveJar, programs);
        Files.createDirectories(cluster);
        Files.setPosixFilePermissions(cluster, PosixFilePermissions.fromString("rwx------"));
        var files = new PostgresFiles(programs, cluster, asNobodyWhereRoot());
        files.run(
                directory.resolve("initdb.log"),
                "initdb",
                "--pgdata=" + cluster,
                "--username=postgres",
                "--auth=trust",
                "--encoding=UTF8",
                "--locale=C",
                "--locale-provider=builtin",
                "--builtin-locale=C.UTF-8",
                "--data-checksums");
        Files.writeString(cluster.resolve("postgresql.conf"), configuration(port) + settings);
        return files;
    }

    List<String> command(String program, String... arguments) {
        List<String> command = new ArrayList<>(prefix);
        command.add(programs.resolve("bin").resolve(program).toString());
        command.addAll(List.of(arguments));
        return command;
    }

    private void run(Path log, String program, String... arguments) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command(program, arguments))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        if (!process.waitFor(SECONDS_MAX, TimeUnit.SECONDS) || process.exitValue() != 0) {
            process.destroyForcibly();
            throw new IOException(program + " failed; see " + log);
        }
    }

    /** PostgreSQL refuses to be root: a user namespace of its own has the files of root and is nobody. */
    private static List<String> asNobodyWhereRoot() {
        return System.getProperty("user.name").equals("root") ? List.of("unshare", "-U", "--") : List.of();
    }

    private static String configuration(int port) {
        return """
                listen_addresses = '127.0.0.1'
                unix_socket_directories = ''
                port = %d
                max_connections = 100
                shared_buffers = 128MB
                fsync = on
                full_page_writes = on
                synchronous_commit = on
                max_parallel_workers_per_gather = 0
                jit = off
                # Connections live for seconds here: each would make ten plans of a statement before it keeps one.
                plan_cache_mode = force_generic_plan
                max_prepared_transactions = 0
                autovacuum_naptime = 5s
                timezone = 'UTC'
                log_timezone = 'UTC'
                lc_messages = 'C'
                log_error_verbosity = terse
                log_min_error_statement = panic
                log_checkpoints = off
                log_line_prefix = '%%m [%%p] %%e '
                """.formatted(port);
    }

    private static void unpack(Path archiveJar, Path target) throws IOException {
        try (var jar = new JarFile(archiveJar.toFile())) {
            var archive = jar.stream()
                    .filter(entry -> entry.getName().endsWith(".txz"))
                    .findFirst()
                    .orElseThrow(() -> new IOException("No archive in " + archiveJar));
            try (InputStream packed = new BufferedInputStream(jar.getInputStream(archive));
                    TarArchiveInputStream tar = new TarArchiveInputStream(new XZInputStream(packed))) {
                for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                    write(entry, tar, target.resolve(entry.getName()).normalize());
                }
            }
        }
    }

    private static void write(TarArchiveEntry entry, InputStream content, Path path) throws IOException {
        if (entry.isDirectory()) {
            Files.createDirectories(path);
            return;
        }
        Files.createDirectories(path.resolveSibling(""));
        if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
            return;
        }
        Files.copy(content, path);
        boolean executable = (entry.getMode() & EXECUTABLE_BITS) != 0;
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(executable ? "rwxr-xr-x" : "rw-r--r--"));
    }
}
