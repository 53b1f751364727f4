import { compareBetaBinomial } from "../../../src/bayesian/compare-beta-binomial.ts";
import { probabilityBest, type ProbabilityBestOptions } from "../../../src/bayesian/probability-best.ts";
import { normalUpperQuantile } from "../../../src/numerics/normal.ts";
import { createRandom, type Random } from "../../../src/numerics/random.ts";
import { calibrationOfRates } from "../../support/calibration-of-rates.ts";
import { revenueRanks } from "../../support/revenue-ranks.ts";
import { uniformity } from "../../support/uniform-histogram.ts";
import { type Panel, panelChart } from "../charts.ts";
import { drawPoisson } from "../draws.ts";
import type { Job, Row, Table } from "../job.ts";
import { dirichletRanks, effectPriorRanks, gammaPoissonRanks, normalRanks, type Ranks } from "../ranks.ts";

const SEED = 20_261_700;
/** A histogram of ranks that are uniform falls below it once in ten thousand. */
const SMALLEST_P = 1e-4;

interface Model {
  readonly name: string;
  readonly draws: number;
  readonly ranks: (draws: number, seed: number) => Ranks;
}

const rates =
  (alpha: number, beta: number, control: number, treatment: number) =>
  (draws: number, seed: number): Ranks => {
    const { difference, lift, oddsRatio } = calibrationOfRates({
      prior: { alpha, beta },
      control,
      treatment,
      draws,
      seed,
    });
    return { difference, lift, "odds ratio": oddsRatio };
  };

const MODELS: readonly Model[] = [
  { name: "beta and binomial, uniform priors, 12 and 20 units", draws: 10_000, ranks: rates(1, 1, 12, 20) },
  {
    name: "beta and binomial, Jeffreys' priors, 5 and 3000 units",
    draws: 10_000,
    ranks: rates(0.5, 0.5, 5, 3000),
  },
  {
    name: "beta and binomial, rates near 3 %, 4000 and 5000 units",
    draws: 10_000,
    ranks: rates(3, 97, 4000, 5000),
  },
  {
    name: "gamma and Poisson, few events",
    draws: 5000,
    ranks: (draws, seed) => gammaPoissonRanks({ shape: 0.7, rate: 0.5 }, [2, 3], draws, seed),
  },
  {
    name: "gamma and Poisson, many events",
    draws: 5000,
    ranks: (draws, seed) => gammaPoissonRanks({ shape: 4, rate: 0.02 }, [60, 25], draws, seed),
  },
  {
    name: "normal and inverse gamma, 2 and 3 units",
    draws: 5000,
    ranks: (draws, seed) => normalRanks({ mu: 1, kappa: 0.5, alpha: 0.8, beta: 3 }, [2, 3], draws, seed),
  },
  {
    name: "normal and inverse gamma, 400 and 90 units",
    draws: 5000,
    ranks: (draws, seed) => normalRanks({ mu: -2, kappa: 0.1, alpha: 3, beta: 1 }, [400, 90], draws, seed),
  },
  {
    name: "Dirichlet and multinomial, four ordered steps",
    draws: 4000,
    ranks: (draws, seed) => dirichletRanks([2, 0.7, 1.5, 0.9], [60, 85], draws, seed),
  },
  {
    name: "revenue, gamma values",
    draws: 3000,
    ranks: (draws, seed) => ({ lift: revenueRanks("gamma", draws, seed) }),
  },
  {
    name: "revenue, log-normal values",
    draws: 3000,
    ranks: (draws, seed) => ({ lift: revenueRanks("log-normal", draws, seed) }),
  },
  {
    name: "a prior on the log odds ratio",
    draws: 2000,
    ranks: (draws, seed) =>
      effectPriorRanks(
        { family: "normal", scale: "log-odds", mean: 0.1, standardDeviation: 0.5 },
        200,
        draws,
        seed,
      ),
  },
  {
    name: "a prior on the log lift",
    draws: 2000,
    ranks: (draws, seed) =>
      effectPriorRanks(
        { family: "normal", scale: "log-lift", mean: 0, standardDeviation: 0.3 },
        400,
        draws,
        seed,
      ),
  },
];

interface Histogram {
  readonly model: string;
  readonly effect: string;
  readonly ranks: readonly number[];
  readonly pValue: number;
}

export const bayesianCalibration: Job = {
  id: "bayesian-calibration",
  title: "Posteriors at the truth",
  section: "Bayesian calibration",
  about:
    "Simulation-based calibration (Talts et al. 2018): parameters are drawn from the prior and data given them; the posterior probability of an effect below the true one is then uniform, for every model and effect. So it is not only where means or ends are right, but the whole of each posterior. Expected losses and chances to be best are held to what then happens.",
  seconds: 80,
  run(progress) {
    const histograms = MODELS.flatMap(({ name, draws, ranks }, k): Histogram[] => {
      const found = Object.entries(ranks(draws, SEED + k)).map(([effect, values]) => {
        const { pValue } = uniformity(values);
        return { model: name, effect, ranks: values, pValue };
      });
      progress((0.85 * (k + 1)) / MODELS.length);
      return found;
    });
    const smallest = Math.min(...histograms.map(({ pValue }) => pValue));
    const finding = `The posterior probabilities below the true effect are uniform in all ${histograms.length} histograms of ${MODELS.length} settings (the smallest p-value is ${smallest.toPrecision(2)}), and expected losses are what is lost.`;
    const spec = panelChart({
      text: {
        finding,
        detail:
          "Share of posterior probabilities at or below each level, less the level: no difference but chance",
      },
      panels: MODELS.map(({ name }) => histograms.find(({ model }) => model === name)!).map(apartFromUniform),
      xTitle: "posterior probability",
      yTitle: "apart",
      yDomain: [-0.08, 0.08],
      promised: 0,
    });
    return {
      finding,
      tables: [ranksTable(histograms), lossTable()],
      charts: [{ name: "bayesian-calibration", alt: finding, spec }],
    };
  },
};

function apartFromUniform({ model, ranks }: Histogram): Panel {
  const sorted = ranks.toSorted((a, b) => a - b);
  const points = Array.from({ length: 41 }, (_, i): [number, number] => {
    const level = i / 40;
    return [level, sorted.filter((rank) => rank <= level).length / sorted.length - level];
  });
  // Names of models are longer than a panel is wide.
  const [first, ...rest] = model.split(", ");
  return { label: rest.length === 0 ? first! : `${first}, ${rest.at(-1)}`, points };
}

function ranksTable(histograms: readonly Histogram[]): Table {
  return {
    title: "Ranks of the true effect",
    columns: ["model", "effect", "draws", "p-value of uniformity", "limit"],
    rows: histograms.map(({ model, effect, ranks, pValue }): Row => ({
      cells: [model, effect, String(ranks.length), pValue.toPrecision(3), `above ${SMALLEST_P}`],
      check: {
        claim: `uniform ranks: ${model}, ${effect}`,
        figure: pValue.toPrecision(3),
        limit: `above ${SMALLEST_P}`,
        within: pValue > SMALLEST_P,
      },
    })),
    note: `Chi-squared over 20 bins; seeds from ${SEED} on.`,
  };
}

type Pairs = (readonly [said: number, seen: number])[];

/** A figure that was foretold for each draw, and what happened. */
interface Foretold {
  readonly label: string;
  readonly draws: Readonly<Pairs>;
}

const LOSS_DRAWS = 4000;

function lossTable(): Table {
  const foretold = [...ofTwoRates(), ...ofSeveralArms("beta-binomial"), ...ofSeveralArms("gamma-poisson")];
  const mean = (values: readonly number[]): number =>
    values.reduce((sum, value) => sum + value, 0) / values.length;
  // Two-sided at one in a thousand, as elsewhere.
  const limit = normalUpperQuantile(0.0005);
  return {
    title: "What was foretold, and what happened, on average over draws from the prior",
    columns: ["what", "foretold", "happened", "standard errors apart", "limit"],
    rows: foretold.map(({ label, draws }): Row => {
      const apart = draws.map(([said, seen]) => seen - said);
      const error = Math.sqrt(mean(apart.map((value) => value * value)) / apart.length);
      const distance = Math.abs(mean(apart)) / error;
      const [said, seen] = [mean(draws.map(([first]) => first)), mean(draws.map(([, second]) => second))];
      return {
        cells: [label, said.toPrecision(3), seen.toPrecision(3), distance.toFixed(2), limit.toFixed(2)],
        check: {
          claim: `foretold: ${label}`,
          figure: `${distance.toFixed(2)} standard errors`,
          limit: `at most ${limit.toFixed(2)}`,
          within: distance <= limit,
        },
      };
    }),
    note: `${LOSS_DRAWS.toLocaleString("en-US")} draws.`,
  };
}

/** Loss of each choice between two arms, and the chance that the treatment is better, where it is small, even or high. */
function ofTwoRates(): Foretold[] {
  const random = createRandom(SEED + 50);
  const [treatment, control, better]: Pairs[] = [[], [], []];
  const chances: Pairs[] = [[], [], []];
  for (let i = 0; i < LOSS_DRAWS; i++) {
    const [a, b] = [random.beta(2, 30), random.beta(2, 30)];
    const { expectedLoss, probabilityToBeat } = compareBetaBinomial({
      control: { n: 150, conversions: random.binomial(150, a) },
      treatment: { n: 100, conversions: random.binomial(100, b) },
      prior: { alpha: 2, beta: 30 },
    });
    treatment!.push([expectedLoss.treatment, Math.max(0, a - b)]);
    control!.push([expectedLoss.control, Math.max(0, b - a)]);
    const ships = expectedLoss.treatment < expectedLoss.control;
    better!.push([
      Math.min(expectedLoss.treatment, expectedLoss.control),
      Math.max(0, ships ? a - b : b - a),
    ]);
    chances[probabilityToBeat < 0.25 ? 0 : probabilityToBeat < 0.75 ? 1 : 2]!.push([
      probabilityToBeat,
      b > a ? 1 : 0,
    ]);
  }
  return [
    { label: "loss of the treatment, two rates", draws: treatment! },
    { label: "loss of the control, two rates", draws: control! },
    { label: "loss of the better choice, two rates", draws: better! },
    ...["below 0.25", "from 0.25 to 0.75", "above 0.75"].map((range, i) => ({
      label: `chance that the treatment is better, where it is ${range}`,
      draws: chances[i]!,
    })),
  ];
}

const ARMS = {
  "beta-binomial": {
    parameter: (random: Random) => random.beta(2, 20),
    arm: (random: Random, rate: number, n: number) => ({ n, conversions: random.binomial(n, rate) }),
    options: { prior: { alpha: 2, beta: 20 } },
  },
  "gamma-poisson": {
    parameter: (random: Random) => random.gamma(3) / 4,
    arm: (random: Random, rate: number, n: number) => ({ n, events: drawPoisson(random, rate * n) }),
    options: { model: "gamma-poisson", prior: { shape: 3, rate: 4 } },
  },
} as const;

/** Three arms of unlike size: one of them in each draw, so that the draws are independent. */
function ofSeveralArms(model: keyof typeof ARMS): Foretold[] {
  const { parameter, arm, options } = ARMS[model];
  const random = createRandom(SEED + 51);
  const sizes = [10, 40, 200];
  const [best, loss]: Pairs[] = [[], []];
  for (let draw = 0; draw < LOSS_DRAWS; draw++) {
    const parameters = sizes.map(() => parameter(random));
    const arms = sizes.map((n, i) => arm(random, parameters[i]!, n));
    const found = probabilityBest({ ...options, arms } as unknown as ProbabilityBestOptions).arms[draw % 3]!;
    const highest = Math.max(...parameters);
    best!.push([found.probabilityBest, parameters[draw % 3] === highest ? 1 : 0]);
    loss!.push([found.expectedLoss, highest - parameters[draw % 3]!]);
  }
  return [
    { label: `chance to be the best of three, ${model}`, draws: best! },
    { label: `loss of one of three, ${model}`, draws: loss! },
  ];
}
