import { createRandom, estimateEffectCovariance } from "microlift";
import type { PastEffects } from "../src/proxy/past-experiment.ts";
import { covariancePosterior } from "../src/proxy/covariance-posterior.ts";
import { DEFAULT_PRIOR } from "../src/proxy/covariance-prior.ts";
import { effectTable } from "../src/proxy/effect-table.ts";
import { limitedRow } from "./limited-row.ts";
import type { Row } from "./run.ts";

const UNIT = { proxy: 18, macro: 98, correlation: 3 / 7 };
const N = 20_000;

/** Past tests on a proxy with a true correlation of .8; `spread` is that of the log of their size. */
function pastTests(experiments: number, spread: number): PastEffects[] {
  const random = createRandom(experiments);
  return Array.from({ length: experiments }, () => {
    const n = N * Math.exp(spread * random.normal());
    const [proxyError, macroError] = [Math.sqrt(UNIT.proxy / n), Math.sqrt(UNIT.macro / n)];
    const [a, b, e, g] = [random.normal(), random.normal(), random.normal(), random.normal()];
    const both = UNIT.correlation * proxyError * macroError;
    return {
      proxyEffect: 0.04 * a + proxyError * e,
      macroEffect:
        0.04 * (0.8 * a + 0.6 * b) +
        macroError * (UNIT.correlation * e + Math.sqrt(1 - UNIT.correlation ** 2) * g),
      covariance: [
        [proxyError ** 2, both],
        [both, macroError ** 2],
      ],
    };
  });
}

/** What is learned of one proxy: the posterior alone, and all that stands beside it. */
export function benchProxyPosterior(): Row[] {
  const unequal = pastTests(100, 0.8);
  const equal = pastTests(100_000, 0);
  const prior = { ...DEFAULT_PRIOR, typicalProxyEffect: 0.05, typicalMacroEffect: 0.05 };
  const table = effectTable("experiments", unequal, "log-lift");
  const tableOfEqual = effectTable("experiments", equal, "log-lift");
  return [
    limitedRow(5, "posterior of one proxy's covariance, 100 unequal experiments", 0.15, () =>
      covariancePosterior(table, prior),
    ),
    limitedRow(5, "the same, 100,000 equal ones", 0.5, () => covariancePosterior(tableOfEqual, prior)),
    limitedRow(5, "estimateEffectCovariance, 100 unequal experiments", 0.5, () =>
      estimateEffectCovariance({ experiments: unequal }),
    ),
  ];
}
