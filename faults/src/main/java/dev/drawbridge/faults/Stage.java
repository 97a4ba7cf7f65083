package dev.drawbridge.faults;

import dev.drawbridge.faults.checks.Tally;
import dev.drawbridge.faults.checks.Violations;
import dev.drawbridge.faults.cluster.Cluster;
import dev.drawbridge.faults.load.Api;
import dev.drawbridge.faults.load.Venue;
import dev.drawbridge.faults.load.Webhooks;
import java.util.List;

/** What all phases of a run work with. */
record Stage(Cluster cluster, Api api, List<Venue> venues, Webhooks webhooks, Violations violations, Tally tally) {}
