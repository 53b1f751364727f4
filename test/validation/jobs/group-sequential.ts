import { createRandom, type Random } from "../../../src/numerics/random.ts";
import { analyzeGroupSequential } from "../../../src/sequential/analyze-group-sequential.ts";
import {
  groupSequentialDesign,
  type GroupSequentialDesignOptions,
} from "../../../src/sequential/group-sequential-design.ts";
import type { ArmsLook } from "../../../src/sequential/group-sequential-look.ts";
import { groupSequentialPower } from "../../../src/sequential/group-sequential-power.ts";
import type { Proportion } from "../../../src/summaries/proportion.ts";
import { designWalkShares } from "../../support/design-walk-shares.ts";
import { rateChart } from "../charts.ts";
import { count, type Counted, countedRows, holds, shownRates } from "../hits.ts";
import type { Job } from "../job.ts";
import { about, percent, RATE_COLUMNS } from "../rates.ts";

const SEED = 20_261_500;
const WALKS = 1_000_000;
const DESIGNS: Readonly<Record<string, GroupSequentialDesignOptions>> = {
  "O'Brien and Fleming, 5 looks": { looks: 5, spending: "obrien-fleming" },
  "Pocock, 5 looks, greater": { looks: 5, spending: "pocock", alternative: "greater" },
  "Wang and Tsiatis 0.25, 4 looks": { looks: 4, spending: "wang-tsiatis", delta: 0.25 },
  "Haybittle and Peto, 5 looks": { looks: 5, spending: "haybittle-peto" },
  "Lan and DeMets as O'Brien and Fleming, looks at 10, 30, 35, 90 and 100 %": {
    informationRates: [0.1, 0.3, 0.35, 0.9, 1],
    spending: "lan-demets-obrien-fleming",
  },
  "Lan and DeMets as Pocock, the same looks": {
    informationRates: [0.1, 0.3, 0.35, 0.9, 1],
    spending: "lan-demets-pocock",
  },
  "Kim and DeMets 2, 6 looks, less": { looks: 6, spending: "kim-demets", gamma: 2, alternative: "less" },
  "Hwang, Shih and DeCani −4, 20 looks": { looks: 20, spending: "hwang-shih-decani", gamma: -4 },
  "4 looks, greater, binding futility": {
    looks: 4,
    alternative: "greater",
    futility: { spending: "lan-demets-pocock", binding: true },
  },
  "Pocock, 4 looks, binding futility on both sides": {
    looks: 4,
    futility: { spending: "kim-demets", gamma: 1, binding: true },
    spending: "pocock",
  },
};

/** Walks under each design, at three drifts. */
function walked(): Counted[] {
  return Object.entries(DESIGNS).flatMap(([name, options], k) => {
    const random = createRandom(SEED + k);
    const design = groupSequentialDesign(options);
    return [
      ["no effect", 0],
      ["half the planned effect", 0.5],
      ["the planned effect", 1],
    ].flatMap(([truth, effectRatio]): Counted[] => {
      const said = groupSequentialPower({ design, effectRatio: effectRatio as number });
      const shares = designWalkShares(design, said.drift, WALKS, random);
      const row = (what: string, share: number, promised: number): Counted => ({
        labels: [name, String(truth), what],
        promised: about(promised),
        hits: Math.round(share * WALKS),
        runs: WALKS,
      });
      return effectRatio === 0
        ? [row("rejected", shares.rejected + shares.wrongSide, said.power + said.farTail)]
        : [row("rejected on the right side", shares.rejected, said.power)];
    });
  });
}

interface Truth {
  readonly spending: "lan-demets-pocock" | "obrien-fleming";
  readonly control: number;
  readonly treatment: number;
  /** Units of an arm at the end. */
  readonly n: number;
}

const TRUTHS: readonly Truth[] = [
  { spending: "lan-demets-pocock", control: 0.1, treatment: 0.1, n: 3000 },
  { spending: "lan-demets-pocock", control: 0.1, treatment: 0.122, n: 3000 },
  { spending: "obrien-fleming", control: 0.3, treatment: 0.36, n: 1200 },
];
const EXPERIMENTS = 5000;

/** Experiments on conversions, read at three looks until one stops them. */
function stopped(progress: (share: number) => void): Counted[] {
  return TRUTHS.flatMap((truth, k): Counted[] => {
    const random = createRandom(SEED + 50 + k);
    const { control, treatment, spending, n } = truth;
    const design = groupSequentialDesign({ looks: 3, spending });
    const [difference, lift] = [treatment - control, treatment / control - 1];
    const hits = count(EXPERIMENTS, () => {
      const { conclusion, looks, decision } = readUntilStopped(truth, design, random);
      const { effects, naive } = conclusion!;
      return {
        stageWise: holds(effects.difference!.interval, difference),
        lift: holds(effects.lift!.interval, lift),
        repeated: looks.every((look) => holds(look.repeatedIntervals.difference!, difference)),
        below: effects.difference!.estimate! < difference,
        naiveBelow: naive.difference! < difference,
        rejected: decision === "reject",
      };
    });
    progress((k + 1) / TRUTHS.length);
    const label = `${spending}, ${control} against ${treatment}, ${n} units an arm`;
    const row = (what: string, number: number, promised: Counted["promised"]): Counted => ({
      labels: [label, what],
      promised,
      hits: number,
      runs: EXPERIMENTS,
    });
    // The discreteness of a few hundred conversions is half a point at most, of a median a point.
    return [
      row("stage-wise interval of the difference holds it", hits.stageWise, about(0.95, 0.005)),
      row("stage-wise interval of the lift holds it", hits.lift, about(0.95, 0.005)),
      row("repeated intervals of all looks hold it", hits.repeated, { atLeast: 0.95 }),
      row("median-unbiased estimate below the truth", hits.below, about(0.5, 0.01)),
      row("plain estimate below the truth", hits.naiveBelow, null),
      row("rejected", hits.rejected, difference === 0 ? about(0.05, 0.005) : null),
    ];
  });
}

function readUntilStopped(
  { control, treatment, n }: Truth,
  design: ReturnType<typeof groupSequentialDesign>,
  random: Random,
): ReturnType<typeof analyzeGroupSequential> {
  const looks: ArmsLook<Proportion>[] = [];
  const step = n / design.looks.length;
  for (let [x1, x2] = [0, 0]; ;) {
    const units = (looks.length + 1) * step;
    x1 += random.binomial(step, control);
    x2 += random.binomial(step, treatment);
    looks.push({ control: { n: units, conversions: x1 }, treatment: { n: units, conversions: x2 } });
    const result = analyzeGroupSequential({ design, looks, planned: { control: n, treatment: n } });
    if (result.stoppedAt !== null) return result;
  }
}

export const groupSequential: Job = {
  id: "group-sequential",
  title: "Group-sequential designs",
  section: "Looking at planned times",
  about:
    "Every kind of design, walked a million times without an effect, with half the planned effect and with all of it: the share that crosses a boundary has to be the computed one. Then experiments on conversions that stop early: the intervals and the estimate at the end have to allow for the stopping, which plain estimates do not.",
  seconds: 50,
  run(progress) {
    const walks = walked();
    progress(0.5);
    const ended = stopped((share) => progress(0.5 + 0.5 * share));
    const nulls = walks.filter(({ labels }) => labels[1] === "no effect");
    const furthest = Math.max(
      ...walks.map(({ hits, runs, promised }) => Math.abs(hits / runs - promised!.atMost!)),
    );
    const worst = ended
      .filter(({ labels }) => labels[1]!.startsWith("stage-wise"))
      .map(({ hits, runs }) => hits / runs);
    const finding = `In a million walks of each of ${Object.keys(DESIGNS).length} designs errors and power are those computed to within ${percent(furthest)}; after early stops the stage-wise intervals cover ${percent(Math.min(...worst), 1)} to ${percent(Math.max(...worst), 1)}.`;
    const spec = rateChart(
      {
        finding,
        detail:
          "Share of walks without an effect that cross a boundary, with the 99.9 % Monte Carlo interval; bars mark the level computed",
      },
      shownRates(nulls.map((row) => ({ ...row, labels: row.labels.slice(0, 1) }))),
    );
    const tables = [
      {
        title: "Walks that cross a boundary, against what was computed",
        columns: ["design", "truth", "what", ...RATE_COLUMNS],
        rows: countedRows("walks", walks),
        note: `A million walks a row, seeds from ${SEED} on. Unless said designs are two-sided; all are at alpha = 5 % and a power of 80 %.`,
      },
      {
        title: "Experiments on conversions that stop at one of three looks",
        columns: ["experiments", "what", ...RATE_COLUMNS],
        rows: countedRows("stopped early", ended),
        note: "5,000 experiments a row.",
      },
    ];
    return { finding, tables, charts: [{ name: "group-sequential", alt: finding, spec }] };
  },
};
