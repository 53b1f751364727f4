import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { createRandom } from "../src/numerics/random.ts";
import type { EffectTable } from "../src/proxy/effect-table.ts";
import { profileEffectCovariance } from "../src/proxy/profile-effect-covariance.ts";
import { randomEffectsFit } from "../src/proxy/random-effects-fit.ts";
import type { Row } from "./run.ts";
import { timeInTurns } from "./stopwatch.ts";

/** REML with two metrics: milliseconds allowed by number of experiments. */
const LIMITS = [
  [100, 20],
  [1000, 100],
] as const;

/** Restricted maximum likelihood of two metrics, beside metafor where `Rscript` has it. */
export function benchProxyLikelihood(): Row[] {
  const [hundred, thousand] = LIMITS.map(([experiments]) => pastExperiments(experiments));
  const fit = randomEffectsFit(hundred!, "reml");
  const times = timeInTurns({
    100: () => randomEffectsFit(hundred!, "reml"),
    1000: () => randomEffectsFit(thousand!, "reml"),
    profiles: () => profileEffectCovariance(hundred!, fit),
  });
  const metafor = metaforSeconds(hundred!);
  const rows = LIMITS.map(([experiments, limit]): Row => {
    const ms = times[String(experiments)]! / 1e6;
    const ratio = metafor === null ? null : (1e3 * metafor) / ms;
    return {
      what: `REML of two metrics, ${experiments} experiments`,
      figure: `${ms.toPrecision(3)} ms`,
      yardstick:
        experiments === 100 && ratio !== null
          ? `${ratio.toPrecision(3)} times as fast as metafor rma.mv`
          : "none",
      limit: `${limit} ms`,
      within: ms <= limit,
    };
  });
  const profiles = times["profiles"]!;
  return [
    ...rows,
    {
      what: "profile-likelihood intervals, 100 experiments",
      figure: `${(profiles / 1e6).toPrecision(3)} ms`,
      yardstick: `${(profiles / times["100"]!).toPrecision(3)} fits`,
      limit: "none",
      within: true,
    },
  ];
}

/** Log-lifts as strong as their errors, correlated 0.6, in experiments of different sizes. */
function pastExperiments(experiments: number): EffectTable {
  const random = createRandom(20_261_123);
  const effects = new Float64Array(2 * experiments);
  const covariances = new Float64Array(4 * experiments);
  for (let k = 0; k < experiments; k++) {
    const n = 20_000 * Math.exp(0.5 * random.normal());
    const [proxyVariance, macroVariance] = [18 / n, 98 / n];
    const both = 0.43 * Math.sqrt(proxyVariance * macroVariance);
    covariances.set([proxyVariance, both, both, macroVariance], 4 * k);
    const [proxy, macro, z, w] = [random.normal(), random.normal(), random.normal(), random.normal()];
    effects[2 * k] = 0.04 * proxy + Math.sqrt(proxyVariance) * z;
    effects[2 * k + 1] = 0.04 * (0.6 * proxy + 0.8 * macro) + Math.sqrt(macroVariance) * (0.43 * z + 0.9 * w);
  }
  return { scale: "log-lift", experiments, metrics: 2, effects, covariances, clusters: [] };
}

/** Seconds of metafor's fit to the same experiments; null where R or metafor is not installed. */
function metaforSeconds({ experiments, effects, covariances }: EffectTable): number | null {
  const lines = Array.from({ length: experiments }, (_, k) =>
    [
      ...effects.subarray(2 * k, 2 * k + 2),
      covariances[4 * k],
      covariances[4 * k + 1],
      covariances[4 * k + 3],
    ].join(","),
  );
  const script = fileURLToPath(new URL("proxy-likelihood.R", import.meta.url));
  const { status, stdout } = spawnSync("Rscript", [script], { input: lines.join("\n"), encoding: "utf8" });
  return status === 0 ? Number(stdout) : null;
}
