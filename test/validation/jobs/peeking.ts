import { createRandom, type Random } from "../../../src/numerics/random.ts";
import { liftConfidenceSequence } from "../../../src/sequential/lift-confidence-sequence.ts";
import {
  proportionConfidenceSequence,
  type ProportionConfidenceSequenceOptions,
} from "../../../src/sequential/proportion-confidence-sequence.ts";
import { panelChart } from "../charts.ts";
import { count, type Counted, countedRows } from "../hits.ts";
import type { Job } from "../job.ts";
import { firstRejections, gap, type Peeking } from "../peeking.ts";
import { percent, type Promised, RATE_COLUMNS } from "../rates.ts";
import { falseAlarms } from "../split-alarms.ts";

const ALPHA = 0.05;
const EXPERIMENTS = 4000;
const SEED = 20_261_400;

const EVEN = {
  control: 1,
  treatment: 1,
  from: 1,
  looks: 20_000,
  alpha: ALPHA,
  tightestN: 5000,
  method: "normal-mixture",
  alternative: "two-sided",
} as const;
const UNEVEN = { ...EVEN, control: 9, looks: 10_000, from: 20 } as const;

type Row = readonly [label: string, peeking: Peeking, promised: Promised | null];

/** Read from the first conversion on, the plug-in variance costs up to half a point. */
const FROM_THE_FIRST: Promised = { atMost: ALPHA + 0.005 };
const ALWAYS_VALID: readonly Row[] = [
  ...[0.5, 0.05, 0.002].flatMap((rate): Row[] => [
    [`rate ${rate}, two-sided`, { ...EVEN, rate }, FROM_THE_FIRST],
    [`rate ${rate}, greater`, { ...EVEN, rate, alternative: "greater" }, FROM_THE_FIRST],
    [
      `rate ${rate}, less, asymptotic`,
      { ...EVEN, rate, alternative: "less", method: "asymptotic" },
      FROM_THE_FIRST,
    ],
  ]),
  ["rate 0.02, two-sided, 100,000 looks", { ...EVEN, rate: 0.02, looks: 100_000 }, FROM_THE_FIRST],
  ...[0.5, 0.05, 0.01].flatMap((rate): Row[] => [
    [`rate ${rate}, two-sided, 9 to 1, from 20 conversions`, { ...UNEVEN, rate }, { atMost: ALPHA }],
    [
      `rate ${rate}, less, 9 to 1, from 20 conversions`,
      { ...UNEVEN, rate, alternative: "less" },
      { atMost: ALPHA },
    ],
  ]),
  [
    "rate 0.5, two-sided, 9 to 1, from the first conversion (it warns)",
    { ...UNEVEN, rate: 0.5, from: 1, tightestN: 100, looks: 2000 },
    { atMost: 0.12 },
  ],
  [
    "rate 0.05, two-sided, the fixed test at every look",
    { ...EVEN, rate: 0.05, from: 20, method: "fixed" },
    null,
  ],
];

export const peeking: Job = {
  id: "peeking",
  title: "Always-valid tests, looked at after every unit",
  section: "Looking at any time",
  about:
    "Experiments without an effect, looked at after every unit or conversion: the share that is ever rejected may not pass alpha = 5 %, however often one looks. The mixtures use the variance seen, which may cost half a point where they are read from the first conversion on; with arms of 9 to 1 they promise alpha from twenty conversions on, and warn before. The exact sequences, of the lift and of a rate, and the sequential check of the split promise alpha from the first unit on. The fixed test stands beside them to show what looking costs.",
  seconds: 100,
  run(progress) {
    const looked = ALWAYS_VALID.map(([label, own, promised], k): Counted & { first: number[] } => {
      const first = firstRejections(own, EXPERIMENTS, createRandom(SEED + k));
      progress((0.6 * (k + 1)) / ALWAYS_VALID.length);
      const hits = first.filter((look) => look < Infinity).length;
      return { labels: [label, withCommas(own.looks)], promised, hits, runs: EXPERIMENTS, first };
    });
    const exact = [...lifts(), ...rates()];
    progress(0.8);
    const splits = falseAlarms(createRandom(SEED + 50));
    const mixtures = looked.filter(({ promised }) => promised === FROM_THE_FIRST);
    const naive = looked.at(-1)!;
    const largest = Math.max(...mixtures.map(({ hits, runs }) => hits / runs));
    const finding = `Looked at after every unit, up to 100,000 times, the always-valid tests reject at most ${percent(largest, 1)} of true nulls at alpha = 5 %; the fixed test rejects ${percent(naive.hits / naive.runs, 0)} after 20,000 looks.`;
    const shown = [looked[3]!, looked[4]!, naive];
    const spec = panelChart({
      text: {
        finding,
        detail:
          "Two rates of 5 %: the share of experiments without an effect that some look has rejected by then",
      },
      panels: shown.map(({ labels, first }, i) => ({
        label:
          i < 2 ? `normal mixture, ${i === 0 ? "two-sided" : "greater"}` : labels[0]!.split(", ").at(-1)!,
        points: [20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000, 20_000].map((look) => [
          look,
          first.filter((own) => own <= look).length / EXPERIMENTS,
        ]),
      })),
      xTitle: "looks",
      yTitle: "rejected so far",
      yDomain: [0, 0.5],
      promised: ALPHA,
      xScale: "log",
    });
    const columns = ["experiments", "looks", ...RATE_COLUMNS];
    return {
      finding,
      tables: [
        {
          title: "Ever rejected without an effect: tests of two rates, looked at after every unit",
          columns,
          rows: countedRows("ever rejected", looked),
          note: `4,000 experiments a row, seeds from ${SEED} on. At 9 to 1 a look comes after nine units and one.`,
        },
        {
          title: "Ever rejected, or ever missed: exact sequences, looked at after every conversion",
          columns,
          rows: countedRows("ever missed", exact),
          note: "4,000 experiments a row; a rate is looked at right before and right after each conversion, where its interval is most extreme.",
        },
        {
          title: "The sequential check of the split",
          columns,
          rows: countedRows("alarms of the split", splits),
          note: "3,000 experiments a row, 1,000 of those with a broken split; threshold 5 %, and 0.1 % in the last row.",
        },
      ],
      charts: [{ name: "peeking", alt: finding, spec }],
    };
  },
};

function lifts(): Counted[] {
  return [0.5, 0.25].map((share, k) => {
    const random = createRandom(SEED + 30 + k);
    const looks = 1000;
    const { rejected } = count(EXPERIMENTS, () => {
      let [x, y] = [0, 0];
      for (let look = 0; look < looks; look++) {
        if (random.uniform() < share) y++;
        else x++;
        const { pValue } = liftConfidenceSequence({
          control: { n: 1e6, conversions: x },
          treatment: { n: 1e6, conversions: y },
          allocation: share / (1 - share),
          tightestConversions: 100,
        });
        if (pValue < ALPHA) return { rejected: true };
      }
      return { rejected: false };
    });
    const label = `lift, ${share === 0.5 ? "arms alike" : "arms of 3 to 1"}`;
    return {
      labels: [label, withCommas(looks)],
      promised: { atMost: ALPHA },
      hits: rejected,
      runs: EXPERIMENTS,
    };
  });
}

function rates(): Counted[] {
  const settings = (["prior-posterior-ratio", "howard"] as const).flatMap((method) =>
    [0.5, 0.01].map((rate) => ({ method, rate })),
  );
  return settings.map(({ method, rate }, k) => {
    const random = createRandom(SEED + 40 + k);
    const { missed } = count(EXPERIMENTS, () => ({ missed: everMissed(random, rate, method) }));
    return {
      labels: [`a rate of ${rate}, ${method}`, "120"],
      promised: { atMost: ALPHA },
      hits: missed,
      runs: EXPERIMENTS,
    };
  });
}

/** Whether the sequence of a rate ever leaves it out, looked at where it lies highest and where lowest. */
function everMissed(
  random: Random,
  rate: number,
  method: ProportionConfidenceSequenceOptions["method"],
): boolean {
  let n = 0;
  for (let conversions = 1; conversions <= 60; conversions++) {
    n += gap(random, rate);
    const { lower } = proportionConfidenceSequence({ n, conversions, method }).rate.interval;
    const before = { n: Math.max(1, n - 1), conversions: n === 1 ? 0 : conversions - 1 };
    const { upper } = proportionConfidenceSequence({ ...before, method }).rate.interval;
    if (lower > rate || upper < rate) return true;
  }
  return false;
}

function withCommas(looks: number): string {
  return looks.toLocaleString("en-US");
}
