package dev.drawbridge.ticketing;

import dev.drawbridge.platform.access.Companies;
import dev.drawbridge.platform.database.CompanyId;
import dev.drawbridge.platform.time.Job;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Keeps every company's slots reaching as far ahead as orders are taken. It asks often whether a new day has begun
 * anywhere and plans once a day and company; so it also does what nodes that slept, or died while planning, have left.
 */
@Component
class SlotPlanningJob implements Job {

    private static final Logger LOG = LoggerFactory.getLogger(SlotPlanningJob.class);
    private static final Duration INTERVAL = Duration.ofMinutes(1);

    private final Companies companies;
    private final SlotPlanning planning;

    SlotPlanningJob(Companies companies, SlotPlanning planning) {
        this.companies = companies;
        this.planning = planning;
    }

    @Override
    public String name() {
        return "slot-planning";
    }

    @Override
    public Duration interval() {
        return INTERVAL;
    }

    @Override
    public int workers() {
        return 1;
    }

    @Override
    public boolean runOnce() {
        companies.all().forEach(this::plan);
        return false;
    }

    /** A company that cannot be planned must not keep the others from it. */
    private void plan(CompanyId company) {
        try {
            planning.planIfDue(company);
        } catch (RuntimeException failure) {
            LOG.error("slots_not_planned company={}; it is tried again in {}", company, INTERVAL, failure);
        }
    }
}
