package dev.drawbridge.rules;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.function.Supplier;

/**
 * Sees the product's {@code package-info} where a package of tests has one too: on the tests' class path theirs comes
 * first, and it declares no module.
 */
final class ProductionPackages extends URLClassLoader {

    private static final String PACKAGE_INFO = ".package-info";

    private ProductionPackages(URL classes, ClassLoader parent) {
        super(new URL[] {classes}, parent);
    }

    /** Runs the work with the product's packages as this thread's context. */
    static <T> T seenBy(Supplier<T> work) {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        try (var packages = new ProductionPackages(classes(), before)) {
            thread.setContextClassLoader(packages);
            return work.get();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private static URL classes() throws MalformedURLException {
        return Path.of("target", "classes").toUri().toURL();
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        if (!name.endsWith(PACKAGE_INFO)) {
            return super.loadClass(name, resolve);
        }
        synchronized (getClassLoadingLock(name)) {
            Class<?> known = findLoadedClass(name);
            return known == null ? findClass(name) : known;
        }
    }
}
