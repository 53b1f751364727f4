import type { ProxyReadout, TreatmentReadout } from "../experiment/analyze-experiment.ts";
import type { MetricReadout } from "../experiment/read-metrics.ts";
import { type Closing, named } from "./closing.ts";
import { macroOf } from "./macro-of.ts";

/** What to mind about one treatment, with its name where there are several. */
export function treatmentClosing(treatment: TreatmentReadout, isOneOfSeveral: boolean): Closing[] {
  const { metrics, proxies, funnels, segmentations, dailySeries } = treatment;
  const macro = macroOf(metrics);
  const parts = [
    ...metrics.flatMap((metric) => metricCautions(metric, macro.sequential !== null)),
    ...proxies.flatMap(proxyCautions),
    ...funnels.flatMap(({ analysis }) => analysis ?? []),
    ...[...segmentations, ...dailySeries].flatMap((part) =>
      part.metrics
        .filter(({ name }) => name === macro.name)
        .map(({ name, analysis }) => named(name, analysis)),
    ),
  ];
  return isOneOfSeveral ? parts.map((part) => named(treatment.name, part)) : parts;
}

/** What to mind about a proxy, with its name. */
function proxyCautions({ name, assessment, observed }: ProxyReadout): Closing[] {
  return [assessment, observed].filter((part) => part !== null).map((part) => named(name, part));
}

/**
 * What to mind about a metric, with its name. A comparison rests on the test being read once, which one that is watched
 * is not.
 */
function metricCautions(
  { name, role, comparison, chance, sequential, flags }: MetricReadout,
  isWatched: boolean,
): Closing[] {
  const said = new Set(sequential?.warnings.map(({ code }) => code));
  const once = comparison && {
    warnings: comparison.warnings.filter(({ code }) => !said.has(code)),
    assumptions: isWatched ? [] : comparison.assumptions,
  };
  // Flags of the metric that decides stand above, before what it says.
  const aside = role === "macro" ? null : { warnings: flags, assumptions: [] };
  return [aside, sequential, once, sequential === null ? chance : null]
    .filter((part) => part !== null)
    .map((part) => named(name, part));
}
