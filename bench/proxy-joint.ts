import { createRandom, estimateJointEffectCovariance, jointProxyAssisted } from "microlift";
import type { JointPastExperiment } from "../src/proxy/past-experiment.ts";
import { limitedRow } from "./limited-row.ts";
import type { Row } from "./run.ts";

/** Past tests on proxies that each go with sales at .5; `spread` is that of the log of their size. */
function pastTests(experiments: number, proxies: number, spread: number): JointPastExperiment[] {
  const random = createRandom(experiments);
  const rows = Array.from({ length: proxies + 1 }, (_, i) => i);
  return Array.from({ length: experiments }, () => {
    const variance = 0.0009 * Math.exp(spread * random.normal());
    const common = random.normal();
    const seen = rows.map(
      () => 0.04 * Math.SQRT1_2 * (common + random.normal()) + Math.sqrt(variance) * random.normal(),
    );
    return {
      proxyEffects: seen.slice(1),
      macroEffect: seen[0]!,
      covariance: rows.map((i) => rows.map((j) => (i === j ? variance : 0))),
    };
  });
}

/** What is learned of several proxies at once, and a decision by them. */
export function benchProxyJoint(): Row[] {
  const rows = [
    [100, 2, 0.8, 1],
    [100, 5, 0.8, 10],
    [10_000, 2, 0, 2],
  ] as const;
  const effects = estimateJointEffectCovariance({ experiments: pastTests(100, 2, 0.8) });
  const covariance = [
    [18, 6, 6],
    [6, 18, 6],
    [6, 6, 98],
  ];
  return [
    ...rows.map(([experiments, proxies, spread, limit]) => {
      const past = pastTests(experiments, proxies, spread);
      return limitedRow(
        2,
        `estimateJointEffectCovariance, ${proxies} proxies, ${experiments} ${spread === 0 ? "equal" : "unequal"} experiments`,
        limit,
        () => estimateJointEffectCovariance({ experiments: past }),
      );
    }),
    limitedRow(2, "jointProxyAssisted by a learned covariance of 2 proxies", 0.5, () =>
      jointProxyAssisted({ effects, sampling: { covariance }, nProxies: [20_000, 20_000], nMacro: 8000 }),
    ),
  ];
}
