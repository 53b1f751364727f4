import { analyzeExperiment, type ExperimentReadout } from "../../src/experiment/analyze-experiment.ts";

/** A read-out of many treatments and metrics, as a platform's page might show it. */
export function longReadout(treatments: number, metrics: number): ExperimentReadout {
  const names = Array.from({ length: metrics }, (_, i) => `metric ${i + 1}`);
  const arm = (number: number): { name: string; n: number; results: object[] } => ({
    name: number === 0 ? "old" : `idea ${number}`,
    n: 20_000,
    results: names.map((metric, i) => ({
      metric,
      conversions: 400 + 13 * i + ((7 * number * (i + 3)) % 60),
    })),
  });
  return analyzeExperiment({
    name: "Many ideas at once",
    control: "old",
    metrics: names.map((name, i) => ({ name, role: i === 0 ? "macro" : "secondary", kind: "proportion" })),
    arms: Array.from({ length: treatments + 1 }, (_, i) => arm(i)),
  } as never);
}
