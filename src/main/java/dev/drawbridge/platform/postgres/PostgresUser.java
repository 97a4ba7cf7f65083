package dev.drawbridge.platform.postgres;

import dev.drawbridge.platform.server.StartRefused;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;

/**
 * As whom PostgreSQL runs. It refuses to be root; so as root we put it into a user namespace of its own, where root's
 * files stay reachable although it is nobody there, or else drop to the id of another user.
 *
 * @param prefix what comes before a command of PostgreSQL on the command line
 * @param uid the user to whom its files must belong, where that is not the user that we are
 */
record PostgresUser(List<String> prefix, OptionalInt uid) {

    private static final int NOBODY = 65534;

    PostgresUser {
        prefix = List.copyOf(prefix);
    }

    /** The user that can run the program in the directory, which exists and is PostgreSQL's alone. */
    static PostgresUser workingIn(Path directory, Path program) {
        if (!ExternalCommand.run(List.of("id", "-u")).output().equals("0")) {
            return new PostgresUser(List.of(), OptionalInt.empty());
        }
        int owner = owner(directory);
        if (owner == 0) {
            var namespace = new PostgresUser(List.of("unshare", "-U", "--"), OptionalInt.empty());
            if (namespace.canWorkIn(directory, program)) {
                return namespace;
            }
        }
        return candidates(directory, owner)
                .map(PostgresUser::dropped)
                .filter(user -> user.takesOver(directory, program))
                .findFirst()
                .orElseThrow(() -> new StartRefused("PostgreSQL does not run as root, and neither 'unshare -U' nor"
                        + " 'setpriv' lets another user work in " + directory
                        + "; start Drawbridge as another user, or set DRAWBRIDGE_DATABASE_URL."));
    }

    private static PostgresUser dropped(int uid) {
        return new PostgresUser(
                List.of("setpriv", "--reuid=" + uid, "--regid=" + uid, "--clear-groups", "--"), OptionalInt.of(uid));
    }

    /** Who has the directory or one above it can enter it; the system's own PostgreSQL user and nobody, perhaps. */
    private static Stream<Integer> candidates(Path directory, int owner) {
        if (owner != 0) {
            return Stream.of(owner);
        }
        Set<Integer> uids = new LinkedHashSet<>();
        for (Path above = directory.getParent(); above != null; above = above.getParent()) {
            uids.add(owner(above));
        }
        uids.remove(0);
        var postgres = ExternalCommand.run(List.of("id", "-u", "postgres"));
        if (postgres.succeeded()) {
            uids.add(Integer.valueOf(postgres.output()));
        }
        uids.add(NOBODY);
        return uids.stream();
    }

    private boolean takesOver(Path directory, Path program) {
        try {
            int before = owner(directory);
            give(directory);
            // The data directory was made for its owner only; passing through it is all that this user needs.
            Path data = directory.getParent();
            Set<PosixFilePermission> passable = EnumSet.copyOf(Files.getPosixFilePermissions(data));
            passable.add(PosixFilePermission.OTHERS_EXECUTE);
            Files.setPosixFilePermissions(data, passable);
            if (canWorkIn(directory, program)) {
                return true;
            }
            Files.setAttribute(directory, "unix:uid", before);
            return false;
        } catch (IOException failure) {
            return false;
        }
    }

    private boolean canWorkIn(Path directory, Path program) {
        var probe = "test \"$(id -u)\" != 0 && cd \"$0\" && test -w . && test -x \"$1\"";
        return ExternalCommand.run(command("sh", "-c", probe, directory.toString(), program.toString()))
                .succeeded();
    }

    /** The command as this user. */
    List<String> command(String... command) {
        var whole = new ArrayList<>(prefix);
        whole.addAll(List.of(command));
        return List.copyOf(whole);
    }

    /** Gives a file or directory that we made, with all in it, to this user. */
    void give(Path path) throws IOException {
        if (uid.isEmpty()) {
            return;
        }
        try (Stream<Path> paths = Files.walk(path)) {
            for (Path each : paths.toList()) {
                Files.setAttribute(each, "unix:uid", uid.getAsInt(), LinkOption.NOFOLLOW_LINKS);
            }
        }
    }

    private static int owner(Path path) {
        try {
            return (Integer) Files.getAttribute(path, "unix:uid");
        } catch (IOException failure) {
            throw new StartRefused("The owner of " + path + " cannot be read: " + failure, failure);
        }
    }
}
