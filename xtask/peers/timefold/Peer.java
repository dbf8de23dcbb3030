import ai.timefold.solver.core.api.domain.entity.PlanningEntity;
import ai.timefold.solver.core.api.domain.lookup.PlanningId;
import ai.timefold.solver.core.api.domain.solution.PlanningEntityCollectionProperty;
import ai.timefold.solver.core.api.domain.solution.PlanningScore;
import ai.timefold.solver.core.api.domain.solution.PlanningSolution;
import ai.timefold.solver.core.api.domain.valuerange.ValueRangeProvider;
import ai.timefold.solver.core.api.domain.variable.PlanningVariable;
import ai.timefold.solver.core.api.score.buildin.hardsoftlong.HardSoftLongScore;
import ai.timefold.solver.core.api.score.calculator.IncrementalScoreCalculator;
import ai.timefold.solver.core.api.solver.SolverFactory;
import ai.timefold.solver.core.config.constructionheuristic.ConstructionHeuristicPhaseConfig;
import ai.timefold.solver.core.config.heuristic.selector.move.generic.ChangeMoveSelectorConfig;
import ai.timefold.solver.core.config.localsearch.LocalSearchPhaseConfig;
import ai.timefold.solver.core.config.localsearch.decider.acceptor.LocalSearchAcceptorConfig;
import ai.timefold.solver.core.config.localsearch.decider.forager.LocalSearchForagerConfig;
import ai.timefold.solver.core.config.score.director.ScoreDirectorFactoryConfig;
import ai.timefold.solver.core.config.solver.SolverConfig;
import ai.timefold.solver.core.config.solver.termination.TerminationConfig;
import java.io.BufferedReader;
import java.io.FileReader;
import java.io.IOException;
import java.io.StreamTokenizer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Timefold on the rows of an instance: Peer ROWS SECONDS NAME OUT writes the plan it finds. Each need has one of its ways
 * or none; scores are kept up to date by hand; construction, then single changes, annealed from 2000 points, never through
 * broken rules: the best of ten settings tried, ruin and recreate and late acceptance among them.
 */
public class Peer {
    /** What leaving out something that has begun counts. */
    static final long PINNED = 1000;

    record Means(int hours, int travel, int sites, int[][] sets, int[][] steps) {
        /** Points that so many units cost. */
        long load(int units) {
            long points = 0;
            for (int[] step : steps) {
                points += (long) Math.max(0, Math.min(units, step[0])) * step[1];
                units -= step[0];
            }
            return points;
        }
    }

    record Edge(int practitioner, int need, int place, int minutes, int compat, boolean pinned, boolean kept) {}

    /** An edge with so many units; worth without set-up and load. */
    record Way(Edge edge, int units, long worth) {}

    static long constant;
    static long leastKept;
    static long pinned;
    static Means[] means;
    static int[] setup;

    @PlanningEntity
    public static class Need {
        @PlanningId
        public Integer id;

        @ValueRangeProvider(id = "ways")
        public List<Way> ways = new ArrayList<>();

        @PlanningVariable(valueRangeProviderRefs = {"ways"}, allowsUnassigned = true)
        public Way way;
    }

    @PlanningSolution
    public static class Plan {
        @PlanningEntityCollectionProperty
        public List<Need> needs = new ArrayList<>();

        @PlanningScore
        public HardSoftLongScore score;
    }

    public static class Worth implements IncrementalScoreCalculator<Plan, HardSoftLongScore> {
        private int[] hours;
        private int[] travel;
        private int[] sites;
        private int[] lines;
        private int[][] sets;
        private long kept;
        private long hard;
        private long soft;

        @Override
        public void resetWorkingSolution(Plan plan) {
            hours = new int[means.length];
            travel = new int[means.length];
            sites = new int[means.length];
            lines = new int[setup.length];
            sets = new int[means.length][];
            for (int who = 0; who < means.length; who++) {
                sets[who] = new int[means[who].sets.length];
            }
            kept = 0;
            hard = -Math.max(0, leastKept) - PINNED * pinned;
            soft = constant;
            plan.needs.forEach(need -> change(need.way, 1));
        }

        /** By how much more a sum goes beyond what there is. */
        private static long grown(int before, int after, int most) {
            return Math.max(0, after - most) - Math.max(0, before - most);
        }

        /** Puts a way in (by 1) or takes it out (by -1). */
        private void change(Way way, int by) {
            if (way == null) {
                return;
            }
            Edge edge = way.edge;
            int who = edge.practitioner;
            Means of = means[who];
            int units = by * way.units;
            soft += by * way.worth + of.load(hours[who]) - of.load(hours[who] + units);
            hard -= grown(hours[who], hours[who] + units, of.hours);
            hours[who] += units;
            int road = 2 * edge.minutes * units;
            hard -= grown(travel[who], travel[who] + road, of.travel);
            travel[who] += road;
            for (int set = 0; set < of.sets.length; set++) {
                if ((edge.compat & ~of.sets[set][0]) == 0) {
                    hard -= grown(sets[who][set], sets[who][set] + units, of.sets[set][1]);
                    sets[who][set] += units;
                }
            }
            if (lines[edge.place] == (by > 0 ? 0 : 1)) {
                soft -= by * setup[edge.place];
                hard -= 10 * grown(sites[who], sites[who] + by, of.sites);
                sites[who] += by;
            }
            lines[edge.place] += by;
            if (edge.pinned) {
                hard += by * PINNED;
            }
            if (edge.kept) {
                hard -= Math.max(0, leastKept - kept - by) - Math.max(0, leastKept - kept);
                kept += by;
            }
        }

        @Override
        public void beforeVariableChanged(Object need, String name) {
            change(((Need) need).way, -1);
        }

        @Override
        public void afterVariableChanged(Object need, String name) {
            change(((Need) need).way, 1);
        }

        @Override
        public HardSoftLongScore calculateScore() {
            return HardSoftLongScore.of(hard, soft);
        }

        @Override
        public void beforeEntityAdded(Object need) {}

        @Override
        public void afterEntityAdded(Object need) {}

        @Override
        public void beforeEntityRemoved(Object need) {}

        @Override
        public void afterEntityRemoved(Object need) {}
    }

    static int next(StreamTokenizer rows) throws IOException {
        rows.nextToken();
        return (int) rows.nval;
    }

    static int[][] pairs(StreamTokenizer rows) throws IOException {
        int[][] pairs = new int[next(rows)][];
        for (int at = 0; at < pairs.length; at++) {
            pairs[at] = new int[] {next(rows), next(rows)};
        }
        return pairs;
    }

    static Plan read(String file) throws IOException {
        StreamTokenizer rows = new StreamTokenizer(new BufferedReader(new FileReader(file)));
        means = new Means[next(rows)];
        Need[] needs = new Need[next(rows)];
        setup = new int[next(rows)];
        int edges = next(rows);
        constant = next(rows);
        leastKept = next(rows);
        for (int who = 0; who < means.length; who++) {
            means[who] = new Means(next(rows), next(rows), next(rows), pairs(rows), pairs(rows));
        }
        for (int place = 0; place < setup.length; place++) {
            setup[place] = next(rows);
        }
        for (int at = 0; at < edges; at++) {
            int who = next(rows);
            int need = next(rows);
            int place = next(rows);
            int least = next(rows);
            int most = next(rows);
            Edge edge = new Edge(who, need, place, next(rows), next(rows), next(rows) == 1, next(rows) == 1);
            long gain = next(rows);
            long unit = next(rows);
            pinned += edge.pinned ? 1 : 0;
            if (needs[need] == null) {
                needs[need] = new Need();
                needs[need].id = need;
            }
            for (int units = least; units <= most; units++) {
                needs[need].ways.add(new Way(edge, units, gain + unit * (units - least)));
            }
        }
        Plan plan = new Plan();
        Stream.of(needs).filter(need -> need != null).forEach(plan.needs::add);
        // What has begun is placed first, so that nothing else stands in its way.
        plan.needs.sort(Comparator.comparing(need -> !need.ways.get(0).edge.pinned));
        return plan;
    }

    static SolverConfig configured(Duration left) {
        var annealed = new LocalSearchPhaseConfig()
                .withMoveSelectorConfig(new ChangeMoveSelectorConfig())
                .withAcceptorConfig(
                        new LocalSearchAcceptorConfig().withSimulatedAnnealingStartingTemperature("0hard/2000soft"))
                .withForagerConfig(new LocalSearchForagerConfig().withAcceptedCountLimit(1));
        return new SolverConfig()
                .withSolutionClass(Plan.class)
                .withEntityClasses(Need.class)
                .withScoreDirectorFactory(
                        new ScoreDirectorFactoryConfig().withIncrementalScoreCalculatorClass(Worth.class))
                .withPhases(new ConstructionHeuristicPhaseConfig(), annealed)
                .withTerminationConfig(new TerminationConfig().withSpentLimit(left));
    }

    public static void main(String[] words) throws Exception {
        long begun = System.nanoTime();
        Plan plan = read(words[0]);
        long left = (long) (Double.parseDouble(words[1]) * 1000) - (System.nanoTime() - begun) / 1_000_000;
        var solver = SolverFactory.<Plan>create(configured(Duration.ofMillis(Math.max(100, left)))).buildSolver();
        Plan found = solver.solve(plan);
        if (!found.score.isFeasible()) {
            throw new IllegalStateException("no plan that keeps to everything: " + found.score);
        }
        String lines = found.needs.stream()
                .filter(need -> need.way != null)
                .map(need -> "[" + need.id + "," + need.way.edge.practitioner + "," + need.way.units + "]")
                .collect(Collectors.joining(","));
        Files.writeString(Path.of(words[3]), "{\"instance\":\"" + words[2] + "\",\"assign\":[" + lines + "]}");
        System.out.println("None");
    }
}
