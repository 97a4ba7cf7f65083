package dev.drawbridge.platform.numbers;

import dev.drawbridge.platform.database.CompanyTransaction;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The next value of each series. */
@Component
class SeriesStore {

    private final JdbcClient jdbc;

    SeriesStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Takes so many consecutive values off the series, and makes it when it is not there yet.
     *
     * @return the first of them
     */
    long takeBlock(CompanyTransaction transaction, String series, long startValue, int size) {
        return jdbc.sql("""
                        insert into platform.number_series as series (company_id, series, next_value)
                        values (:company, :series, :start + :size)
                        on conflict (company_id, series) do update set next_value = series.next_value + :size
                        returning next_value - :size
                        """)
                .param("company", transaction.company().value())
                .param("series", series)
                .param("start", startValue)
                .param("size", size)
                .query(Long.class)
                .single();
    }
}
