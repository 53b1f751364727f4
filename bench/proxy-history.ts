import { type EffectTable, jointEffectTable } from "../src/proxy/effect-table.ts";
import { totalCovariance } from "../src/proxy/moment-covariance.ts";
import { createRandom } from "../src/numerics/random.ts";
import type { Row } from "./run.ts";

const METRICS = 10;
const LIMIT_SECONDS = 1;
const ROUNDS = 3;

/** What past experiments cost: checking them into a table, and their total covariance with its standard errors. */
export function benchProxyHistory(): Row[] {
  const whole = history(100_000);
  const tenth = whole.slice(0, 10_000);
  const table = jointEffectTable("experiments", whole, "log-lift");
  const smaller = jointEffectTable("experiments", tenth, "log-lift");
  const moments = seconds(() => totalCovariance(table));
  const momentsOfTenth = seconds(() => totalCovariance(smaller));
  const check = seconds((): EffectTable => jointEffectTable("experiments", whole, "log-lift"));
  return [
    {
      what: `total covariance, ${METRICS} metrics, 100,000 experiments`,
      figure: `${moments.toPrecision(2)} s`,
      yardstick: `${(moments / momentsOfTenth).toPrecision(2)} × that of 10,000`,
      limit: `${LIMIT_SECONDS} s, 20 ×`,
      within: moments <= LIMIT_SECONDS && moments <= 20 * momentsOfTenth,
    },
    {
      what: `checking them into a table`,
      figure: `${check.toPrecision(2)} s`,
      yardstick: `${(check / moments).toPrecision(2)} × their total covariance`,
      limit: `${LIMIT_SECONDS} s`,
      within: check <= LIMIT_SECONDS,
    },
  ];
}

function history(experiments: number): Parameters<typeof jointEffectTable>[1] {
  const random = createRandom(1);
  return Array.from({ length: experiments }, () => {
    const variance = 1e-4 * (0.5 + random.uniform());
    return {
      proxyEffects: Array.from({ length: METRICS - 1 }, () => 0.02 * random.normal()),
      macroEffect: 0.02 * random.normal(),
      covariance: Array.from({ length: METRICS }, (_row, i) =>
        Array.from({ length: METRICS }, (_column, j) => (i === j ? 1 : 0.3) * variance),
      ),
    };
  });
}

/** The best of a few rounds: each takes long enough to be timed alone. */
function seconds(task: () => unknown): number {
  let best = Infinity;
  for (let round = 0; round < ROUNDS; round++) {
    const start = performance.now();
    task();
    best = Math.min(best, (performance.now() - start) / 1000);
  }
  return best;
}
