/**
 * Fits effect priors to headline tests and writes the aggregates of docs/methods/effect-priors.md:
 * npx tsx test/reference/bayesian/headline-effects.ts upworthy-arms.csv > headline-effects.json
 *
 * The data, of which only aggregates are kept here: the Upworthy Research Archive, 4,873 exploratory tests of headlines,
 * CC BY 4.0, Matias, Munger, Le Quere and Ebersole (2021), Scientific Data 8, 195.
 */
import { readFileSync } from "node:fs";
import {
  empiricalBetaPrior,
  empiricalEffectPrior,
  hypergeometric,
  shrinkEffect,
  winnersCurse,
} from "../../../src/index.ts";
import { createRandom } from "../../../src/numerics/random.ts";

interface Arm {
  readonly n: number;
  readonly conversions: number;
}

/** Fewer clicks than that make a log of a rate far from normal. */
const FEWEST_CLICKS = Number(process.argv[3] ?? 20);
const SEED = 20_261_123;

const [, ...rows] = readFileSync(process.argv[2]!, "utf8").trim().split("\n");
const tests = new Map<string, Arm[]>();
for (const row of rows) {
  const cells = row.split(",");
  const arms = tests.get(cells[0]!) ?? [];
  arms.push({ n: Number(cells[3]), conversions: Number(cells[4]) });
  tests.set(cells[0]!, arms);
}

/** The first two arms in the order of the file after sorting by a hash of their counts: which is better plays no part. */
function pairOf(arms: readonly Arm[]): [Arm, Arm] {
  const hash = ({ n, conversions }: Arm): number =>
    (n * 2_654_435_761 + conversions * 40_503) % 4_294_967_296;
  const [first, second] = arms.toSorted((a, b) => hash(a) - hash(b));
  return [first!, second!];
}

interface Effect {
  readonly estimate: number;
  readonly standardError: number;
}

function logLift([control, treatment]: readonly [Arm, Arm]): Effect {
  const part = ({ n, conversions }: Arm): number => 1 / conversions - 1 / n;
  return {
    estimate: Math.log(treatment.conversions / treatment.n / (control.conversions / control.n)),
    standardError: Math.sqrt(part(control) + part(treatment)),
  };
}

const pairs = [...tests.values()].filter((arms) => arms.length >= 2).map(pairOf);
const usable = pairs.filter((pair) => pair.every(({ conversions }) => conversions >= FEWEST_CLICKS));
const effects = usable.map(logLift);

// Half of the impressions of each arm, drawn without replacement: the two halves are independent binomials.
const random = createRandom(SEED);
function half({ n, conversions }: Arm): [Arm, Arm] {
  const draws = Math.floor(n / 2);
  const parameters = { population: n, successes: conversions, draws };
  const clicks = hypergeometric.quantile(random.uniform(), parameters);
  return [
    { n: draws, conversions: clicks },
    { n: n - draws, conversions: conversions - clicks },
  ];
}
const halves = usable
  .map(([control, treatment]) => [half(control), half(treatment)] as const)
  .map(([control, treatment]) => ({
    first: [control[0], treatment[0]] as const,
    second: [control[1], treatment[1]] as const,
  }))
  .filter(({ first, second }) => [...first, ...second].every(({ conversions }) => conversions >= 1));
const early = halves.map(({ first }) => logLift(first));
const late = halves.map(({ second }) => logLift(second));

const round = (value: number, digits = 5): number => Number(value.toPrecision(digits));
const quantiles = (values: readonly number[]): number[] => {
  const sorted = values.toSorted((a, b) => a - b);
  return [0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99].map((p) =>
    round(sorted[Math.min(sorted.length - 1, Math.floor(p * sorted.length))]!),
  );
};

const families = ["normal", "student-t", "spike-and-normal", "two-normals"] as const;
const fits = families.map((family) => empiricalEffectPrior({ effects, family, mean: 0 }));
const best = fits.reduce((a, b) => (b.aic < a.aic ? b : a));
const typicalError = effects.map(({ standardError }) => standardError).toSorted((a, b) => a - b)[
  Math.floor(effects.length / 2)
]!;

// Predicting the second half from the first: mean squared errors against the noisy second half, less its own noise.
const noise = late.reduce((sum, { standardError }) => sum + standardError ** 2, 0) / late.length;
const error = (predicted: readonly number[], of: readonly number[] = late.map((_, i) => i)): number =>
  of.reduce((sum, i) => sum + (predicted[i]! - late[i]!.estimate) ** 2, 0) / of.length;
const significant = early.flatMap(({ estimate, standardError }, i) =>
  Math.abs(estimate) > 1.959964 * standardError ? [i] : [],
);
const along = (predicted: readonly number[]): number =>
  significant.reduce((sum, i) => sum + Math.sign(early[i]!.estimate) * predicted[i]!, 0) / significant.length;
const holdOut = families.map((family) => {
  const { prior } = empiricalEffectPrior({ effects: early, family, mean: 0 });
  const shrunken = early.map((effect) => shrinkEffect({ ...effect, prior }).estimate);
  return {
    family,
    meanSquaredError: round(error(shrunken) - noise),
    ofSignificant: round(along(shrunken)),
  };
});
const raw = early.map(({ estimate }) => estimate);

const beta = empiricalBetaPrior({ pastRates: usable.map(([control]) => control) });
console.log(
  JSON.stringify(
    {
      source: "Upworthy Research Archive, exploratory tests, CC BY 4.0, Matias et al. (2021)",
      tests: tests.size,
      pairs: pairs.length,
      usable: usable.length,
      standardErrorQuantiles: quantiles(effects.map(({ standardError }) => standardError)),
      zQuantiles: quantiles(effects.map(({ estimate, standardError }) => estimate / standardError)),
      shareSignificant: round(
        effects.filter(({ estimate, standardError }) => Math.abs(estimate) > 1.959964 * standardError)
          .length / effects.length,
      ),
      rates: {
        prior: beta.prior,
        mean: round(beta.mean.estimate!),
        precision: round(beta.precision.estimate!),
        precisionInterval: [round(beta.precision.interval.lower), round(beta.precision.interval.upper)],
        moments: beta.moments,
        logLikelihood: beta.logLikelihood,
      },
      heterogeneity: fits[0]!.heterogeneity,
      fits: fits.map(({ prior, parameters, logLikelihood, aic, bic }) => ({
        prior,
        parameters: parameters.map(({ name, estimate, standardError, interval }) => ({
          name,
          estimate: round(estimate!),
          standardError: standardError === null ? null : round(standardError),
          interval: [round(interval.lower), round(interval.upper)],
        })),
        logLikelihood: round(logLikelihood, 9),
        aic: round(aic, 9),
        bic: round(bic, 9),
      })),
      winnersCurse: [fits[0]!, best].map(({ prior }) => {
        const { standardError, ...curse } = winnersCurse({ prior, standardError: typicalError });
        return {
          family: prior.family,
          standardError: round(standardError),
          probabilitySignificant: round(curse.probabilitySignificant),
          estimateSize: round(curse.estimateSize!),
          effectSize: round(curse.effectSize!),
          exaggerationRatio: round(curse.exaggerationRatio!),
          probabilityWrongSign: round(curse.probabilityWrongSign!),
        };
      }),
      holdOut: {
        seed: SEED,
        pairs: early.length,
        raw: { meanSquaredError: round(error(raw) - noise), ofSignificant: round(along(raw)) },
        zero: { meanSquaredError: round(error(raw.map(() => 0)) - noise) },
        shrunken: holdOut,
        significant: significant.length,
        laterOfSignificant: round(along(late.map(({ estimate }) => estimate))),
      },
    },
    null,
    2,
  ),
);
