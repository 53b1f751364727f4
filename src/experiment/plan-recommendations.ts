import type { Warning } from "../core/warning.ts";
import { unitsBy } from "../models/traffic.ts";
import { DAYS_PER_WEEK } from "../models/weekday.ts";
import { minimumDetectableLift } from "../planning/minimum-detectable-lift.ts";
import { percent, units } from "./figures.ts";
import type { MonitoringChoice, MonitoringPlan, MonitoringTerms } from "./monitoring-plan.ts";
import { planTraffic } from "./plan-calendar.ts";
import type { MetricSize } from "./plan-metrics.ts";
import { metricLevel } from "./plan-metrics.ts";
import type { ProxyPlan } from "./plan-proxies.ts";

/** What to think of before the test starts, with a code for machines. */
export type Recommendation = Warning;

export interface RecommendationTerms extends MonitoringTerms {
  readonly metrics: readonly MetricSize[];
  readonly monitoring: MonitoringPlan;
  readonly proxies: readonly ProxyPlan[];
}

export function recommendations(terms: RecommendationTerms): Recommendation[] {
  return [...watching(terms), ...tooLong(terms), ...whatSetsTheSize(terms), ...proxyUse(terms)];
}

/** Looks that save less of the expected time than this are not worth a longer longest time. */
const WORTHWHILE_SAVING = 0.1;

function watching({ monitoring }: RecommendationTerms): Recommendation[] {
  const find = (method: MonitoringChoice["method"]): MonitoringChoice | undefined =>
    monitoring.choices.find((choice) => choice.method === method);
  const [once, looks] = [find("fixed-horizon"), find("group-sequential")];
  if (monitoring.method !== "fixed-horizon" || once === undefined || looks === undefined) return [];
  const [all, some] = once.days === null ? [once.units, looks.units] : [once.days, looks.days!];
  const saving = 1 - some.expectedWithEffect / all.atMost;
  if (!(saving >= WORTHWHILE_SAVING)) return [];
  const longer = some.atMost / all.atMost - 1;
  return [
    {
      code: "LOOK_BY_DESIGN",
      message: `Nobody keeps from looking: with ${looks.looks} planned looks (group-sequential, O'Brien–Fleming type) the test takes ${percent(saving)} ${once.days === null ? "fewer units" : "less time"} on average if the change is as planned, and at most ${percent(longer)} more. Looking without such a plan makes false alarms frequent.`,
    },
  ];
}

/** Beyond it cookies are lost, seasons change and teams lose patience. */
const LONGEST_DAYS = 56;

function tooLong(terms: RecommendationTerms): Recommendation[] {
  const { macro, macroSize, plan, levels } = terms;
  const traffic = planTraffic(plan);
  if (traffic === null || macro.kind !== "proportion" || !(macroSize.duration!.days > LONGEST_DAYS))
    return [];
  const n = unitsBy(traffic, Math.max(0, LONGEST_DAYS - (macro.attributionDays ?? 0)));
  if (!(n > 0) || macro.conversionDelay !== undefined) return [];
  const { lift } = minimumDetectableLift({
    baseline: macro.baseline,
    n,
    allocation: levels.allocation,
    power: levels.powerPerTest,
    direction: macro.lift! > 0 ? "up" : "down",
    varianceReduction: macro.varianceReduction,
    ...metricLevel(macro, levels),
  });
  if (lift === null) return [];
  return [
    {
      code: "LONG_TEST",
      message: `The test takes longer than ${LONGEST_DAYS / DAYS_PER_WEEK} weeks, in which visitors change and are counted anew. In ${LONGEST_DAYS / DAYS_PER_WEEK} weeks it would see a lift of ${percent(lift)} on "${macro.name}": test bolder changes, fewer treatments or a page with more traffic${macro.varianceReduction === undefined ? ", or adjust for a covariate from before the test: a correlation of 0.5 makes it a quarter shorter" : ""}.`,
    },
  ];
}

function whatSetsTheSize({ metrics, macroSize }: RecommendationTerms): Recommendation[] {
  const largest = metrics.filter(({ role }) => role === "guardrail").toSorted((a, b) => b.n - a.n)[0];
  if (largest === undefined || !(largest.n > macroSize.n)) return [];
  return [
    {
      code: "GUARDRAIL_SETS_SIZE",
      message: `The guardrail "${largest.name}" sets the size: it needs ${units(largest.n)} units of control where "${macroSize.name}" needs ${units(macroSize.n)}. A wider margin would make the test shorter, if it can be tolerated.`,
    },
  ];
}

function proxyUse({ proxies, macroSize }: RecommendationTerms): Recommendation[] {
  return proxies.flatMap(({ name, detection: { decision } }) => {
    const { n, speedup, accuracyProxy } = decision;
    if (n === null || speedup === null || accuracyProxy === null) return [];
    const belief =
      decision.effects?.source === "learned"
        ? "as past tests have it"
        : "if the belief stated in the plan holds";
    return [
      speedup > 1
        ? {
            code: "PROXY_DECIDES_SOONER",
            message: `At ${units(Math.round(n))} units per arm "${name}" decides as well as "${macroSize.name}" would at ${speedup.toPrecision(2)} times as many, ${belief}, and is right on "${macroSize.name}" in ${percent(accuracyProxy)} of tests. Let both decide together (proxyAssisted), so that no ceiling remains.`,
          }
        : {
            code: "PROXY_DECIDES_LATER",
            message: `"${name}" may move sooner than "${macroSize.name}", but from the same units it decides worse, ${belief}: let it help (proxyAssisted), and do not let it decide alone.`,
          },
    ];
  });
}
