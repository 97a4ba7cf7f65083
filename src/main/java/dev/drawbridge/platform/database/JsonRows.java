package dev.drawbridge.platform.database;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.springframework.stereotype.Component;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/**
 * Many rows as one parameter, for {@code insert ... select from json_populate_recordset(null::table, :rows::json)}: one
 * statement and one round trip however many rows. The records' components are the columns, in snake case.
 *
 * <p>Where they are joined with a table, it is {@code (select * from json_populate_recordset(...) limit :count)}: the
 * planner takes the function for a hundred rows, and reads a table of thousands from end to end to find one of them.
 */
@Component
public class JsonRows {

    private final JsonMapper mapper = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .changeDefaultPropertyInclusion(inclusion -> inclusion.withValueInclusion(JsonInclude.Include.NON_NULL))
            .build();

    public String of(List<? extends Record> rows) {
        return mapper.writeValueAsString(rows);
    }
}
