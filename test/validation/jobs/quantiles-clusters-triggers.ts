import { compareClusters } from "../../../src/inference/compare-clusters.ts";
import { compareQuantiles } from "../../../src/inference/compare-quantiles.ts";
import { compareTriggered } from "../../../src/inference/compare-triggered.ts";
import { normalQuantile } from "../../../src/numerics/normal-quantile.ts";
import { createRandom, type Random } from "../../../src/numerics/random.ts";
import { quantileDesignEffect } from "../../../src/summaries/quantile-design-effect.ts";
import { quantileSketch, sketchQuantile } from "../../../src/summaries/quantile-sketch.ts";
import { quantileSummary, type QuantileSummary } from "../../../src/summaries/quantile-summary.ts";
import { rateChart } from "../charts.ts";
import { drawMean, drawPoisson, ratioOf } from "../draws.ts";
import { count, type Counted, countedRows, holds, shownRates } from "../hits.ts";
import type { Job } from "../job.ts";
import { about, percent, type Promised, RATE_COLUMNS } from "../rates.ts";

const ALPHA = 0.05;
const LEVEL = 0.95;

type Random01 = (random: Random) => number;

/** What units are like whose quantiles are compared. */
const UNITS: Readonly<Record<string, Random01>> = {
  revenue: (random) => Math.exp(random.normal()),
  "prices in steps of ten": (random) => Math.round(Math.exp(3 + random.normal()) / 10) * 10,
  counts: (random) => drawPoisson(random, 3),
  "zero for just over half": (random) => (random.uniform() < 0.51 ? 0 : Math.exp(random.normal())),
  "zero for just under half": (random) => (random.uniform() < 0.48 ? 0 : Math.exp(random.normal())),
};

interface Setting {
  readonly label: string;
  readonly runs: number;
  readonly promised: (what: string) => Promised | null;
  readonly experiment: (random: Random) => Readonly<Record<string, boolean>>;
}

const nothing: Setting[] = Object.entries(UNITS).flatMap(([metric, draw]) =>
  (
    [
      [100, 0.5],
      [500, 0.5],
      [500, 0.9],
    ] as const
  ).map(([n, probability]) => ({
    label: `${metric}, quantile ${probability}, ${n} units`,
    runs: 10_000,
    // Ties and whole ranks make the test careful; the normal approximation may miss a point the other way.
    promised: () => ({ atMost: ALPHA + 0.01 }),
    experiment: (random: Random) => {
      const arm = (): QuantileSummary =>
        quantileSummary(
          Array.from({ length: n }, () => draw(random)),
          { probability },
        );
      const { pValue } = compareQuantiles({ control: arm(), treatment: arm() });
      return { "true null rejected": pValue === null || pValue < ALPHA };
    },
  })),
);

const LIFT = 0.1;
const lifted: Setting[] = [0.5, 0.9].map((probability) => ({
  label: `revenue lifted by 10 %, quantile ${probability}, 2000 units`,
  runs: 4000,
  promised: (what) => (what.includes("sketch") ? { atLeast: LEVEL } : about(LEVEL, 0.01)),
  experiment: (random) => {
    const difference = LIFT * Math.exp(normalQuantile(probability));
    const draw = (scale: number): number[] =>
      Array.from({ length: 2000 }, () => scale * Math.exp(random.normal()));
    const [first, second] = [draw(1), draw(1 + LIFT)];
    const arms = {
      control: quantileSummary(first, { probability }),
      treatment: quantileSummary(second, { probability }),
    };
    const exact = compareQuantiles(arms);
    const sketched = compareQuantiles({
      control: sketchQuantile(quantileSketch(first), { probability }),
      treatment: sketchQuantile(quantileSketch(second), { probability }),
    });
    return {
      "difference covered": holds(exact.difference.interval, difference),
      "difference covered, Price and Bonett": holds(
        compareQuantiles({ ...arms, test: "price-bonett" }).difference.interval,
        difference,
      ),
      "lift covered, Fieller": holds(exact.lift.interval, LIFT),
      "lift covered, by its log": holds(compareQuantiles({ ...arms, liftMethod: "log" }).lift.interval, LIFT),
      "difference covered, from sketches": holds(sketched.difference.interval, difference),
      "lift covered, from sketches": holds(sketched.lift.interval, LIFT),
    };
  },
}));

const events: Setting = {
  label: "page loads of 400 users an arm, quantile 0.9",
  runs: 2000,
  promised: (what) => (what.endsWith("without it") ? null : about(ALPHA, 0.01)),
  experiment: (random) => {
    // Users with 1 to 20 page loads each, and speeds that differ between users as much as within them.
    const draw = (): number[][] =>
      Array.from({ length: 400 }, () => {
        const speed = random.normal();
        return Array.from({ length: 1 + Math.floor(20 * random.uniform() ** 2) }, () =>
          Math.exp(speed + random.normal()),
        );
      });
    const probability = 0.9;
    const plain = (users: number[][]): QuantileSummary => quantileSummary(users.flat(), { probability });
    const designed = (users: number[][]): QuantileSummary => {
      const { value } = plain(users);
      const pairs = users.map(
        (loads) => [loads.filter((load) => load <= value).length, loads.length] as const,
      );
      return quantileSummary(users.flat(), {
        probability,
        designEffect: quantileDesignEffect(ratioOf(pairs)),
      });
    };
    const [control, treatment] = [draw(), draw()];
    const rejects = (of: (users: number[][]) => QuantileSummary): boolean =>
      compareQuantiles({ control: of(control), treatment: of(treatment) }).pValue! < ALPHA;
    return {
      "true null rejected, with the design effect": rejects(designed),
      "true null rejected, without it": rejects(plain),
    };
  },
};

const clusters: Setting[] = [4, 10, 40].flatMap((size) =>
  (["unit", "cluster"] as const).map((weighting) => ({
    label: `${size} unlike clusters an arm, each ${weighting} counts alike`,
    runs: 10_000,
    // Student's t is an approximation where sizes differ: a point up, and with four clusters it may be careful.
    promised: () => ({ atLeast: size === 4 ? 0.02 : 0.035, atMost: ALPHA + 0.01 }),
    experiment: (random: Random) => {
      const arm = (): { clusters: { n: number; total: number }[] } => ({
        clusters: Array.from({ length: size }, () => {
          // Sizes from 20 to 500, and an intraclass correlation of 0.1.
          const n = Math.floor(20 * 25 ** random.uniform());
          const level = 5 + Math.sqrt(0.1) * random.normal();
          return { n, total: n * level + Math.sqrt(0.9 * n) * random.normal() };
        }),
      });
      return {
        "true null rejected":
          compareClusters({ control: arm(), treatment: arm(), weighting }).pValue! < ALPHA,
      };
    },
  })),
);

const triggers: Setting[] = [
  { rate: 0.3, n: 1000, lift: 0.3 },
  { rate: 0.05, n: 4000, lift: 1 },
  { rate: 0.9, n: 500, lift: 0 },
].map(({ rate, n, lift }) => ({
  label: `${100 * rate} % of ${n} units triggered, lifted by ${100 * lift} %`,
  runs: 20_000,
  // Two checks of the trigger at one in a thousand each.
  promised: (what) => (what === "warned of the trigger" ? { atMost: 0.002 } : about(LEVEL, 0.002)),
  experiment: (random) => {
    const [first, second] = [random.binomial(n, rate), random.binomial(n, rate)];
    const {
      difference,
      lift: found,
      warnings,
    } = compareTriggered({
      triggered: {
        control: drawMean(random, first, 4, 2),
        treatment: drawMean(random, second, 4 * (1 + lift), 2),
      },
      untriggered: {
        control: drawMean(random, n - first, 2, 1),
        treatment: drawMean(random, n - second, 2, 1),
      },
    });
    const gain = rate * 4 * lift;
    return {
      "difference over all covered": holds(difference.interval, gain),
      "lift over all covered": holds(found.interval, gain / (rate * 4 + (1 - rate) * 2)),
      "warned of the trigger": warnings.length > 0,
    };
  },
}));

const SETTINGS = [...nothing, ...lifted, events, ...clusters, ...triggers];

export const quantilesClustersTriggers: Job = {
  id: "quantiles-clusters-triggers",
  title: "Quantiles, clusters and triggered units",
  section: "Error rates, coverage and power",
  about:
    "Units drawn one by one: revenue, prices with ties, counts, metrics that are mostly 0, page loads of users, clusters of unlike size, and experiments in which only some units see the change. Shown is how often a true null is rejected at 5 %, and how often 95 % intervals hold the truth; the promise of each row says what its approximation may miss.",
  seconds: 60,
  run(progress) {
    const counted = SETTINGS.flatMap((setting, k): Counted[] => {
      const random = createRandom(20_261_300 + k);
      const hits = count(setting.runs, () => setting.experiment(random));
      progress((k + 1) / SETTINGS.length);
      return Object.entries(hits).map(([what, number]) => ({
        labels: [setting.label, what],
        promised: setting.promised(what),
        hits: number,
        runs: setting.runs,
      }));
    });
    const [honest, naive] = counted
      .filter(({ labels }) => labels[0] === events.label)
      .map(({ hits, runs }) => hits / runs);
    const finding = `Quantiles, clusters and triggered comparisons hold their levels to within a point; quantiles of page loads reject a true null in ${percent(honest!, 1)} with the design effect of users, and in ${percent(naive!, 1)} without it.`;
    const spec = rateChart(
      {
        finding,
        detail:
          "Share of true nulls rejected at 5 %, with the 99.9 % Monte Carlo interval; bars mark what is promised",
      },
      shownRates(
        counted
          .filter(({ labels, promised }) => labels[1]!.startsWith("true null") && promised !== null)
          .map((row) => ({ ...row, labels: row.labels.slice(0, 1) })),
      ),
    );
    const table = {
      title: "Type I error at 5 % and coverage at 95 %, simulated",
      columns: ["experiments", "what", ...RATE_COLUMNS],
      rows: countedRows("simulated", counted),
      note: "10,000 experiments a row of quantiles without an effect and of clusters, 4,000 with one, 2,000 of page loads, 20,000 triggered; seeds from 20261300 on.",
    };
    return {
      finding,
      tables: [table],
      charts: [{ name: "quantiles-clusters-triggers", alt: finding, spec }],
    };
  },
};
