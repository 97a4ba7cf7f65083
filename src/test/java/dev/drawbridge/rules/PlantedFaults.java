package dev.drawbridge.rules;

import dev.drawbridge.platform.database.Transactions;
import java.time.Instant;
import java.util.function.Supplier;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Classes that each break one house rule on purpose. */
@SuppressWarnings({"unused", "NullAway", "EffectivelyPrivate", "UnusedVariable"})
final class PlantedFaults {

    private PlantedFaults() {}

    static final class OrderManager {}

    record ReadsRows(JdbcClient client) {}

    static final class ReadsTheClock {
        final Instant now = Instant.now();
    }

    static final class ReadsTheClockByReference {
        final Supplier<Instant> clock = Instant::now;
    }

    @Component
    record Annotated(String value) {}

    enum KnowsHttp {
        OK(HttpStatus.OK);

        final HttpStatus status;

        KnowsHttp(HttpStatus status) {
            this.status = status;
        }
    }

    static class AnnotatedMethod {
        @Transactional
        void change() {}
    }

    @Transactional
    static class AnnotatedClass {
        void change() {}
    }

    record OpensTransactionJob(Transactions transactions) {}

    static final class FieldInjected {
        @Autowired
        String collaborator;
    }

    static final class KnowsEight {
        KnowsEight(int a, int b, int c, int d, int e, int f, int g, int h) {}
    }
}
