import type { DataQualityCheck, DataQualityReadout } from "../experiment/data-quality.ts";
import { type Block, details, list, paragraph, section } from "./block.ts";
import { percent, units } from "./figures.ts";
import { quoted } from "./labels.ts";

/** The rows behind a read-out: all that were read, and what became of those that are not as they should be. */
export function dataQualityBlocks(counts: readonly DataQualityReadout[]): Block[] {
  if (counts.length === 0) return [];
  const totals = counts.filter(({ check }) => TOTALS.has(check));
  const found = counts.filter(({ check, count }) => !TOTALS.has(check) && count > 0);
  return [
    section("The rows"),
    ...(totals.length === 0 ? [] : [details(totals.map((total) => [nameOf(total), units(total.count)]))]),
    found.length === 0 ? paragraph("No row was left out or changed.") : list(found.map(sentences)),
  ];
}

const TOTALS: ReadonlySet<DataQualityCheck> = /* @__PURE__ */ new Set<DataQualityCheck>([
  "exposures",
  "events",
  "metric-events",
]);

function sentences(found: DataQualityReadout): string {
  const { check, count, share, treatment } = found;
  const of = WORDS[check].among;
  const ofAll = share === null ? "" : ` (${percent(share)} of ${of})`;
  return `${nameOf(found)}: ${units(count)}${ofAll}. ${treatment}`;
}

function nameOf({ check, metric }: DataQualityReadout): string {
  const { name } = WORDS[check];
  return metric === null ? name : `${name} ${quoted(metric)}`;
}

interface Words {
  /** What was counted; the name of a metric follows where there is one. */
  readonly name: string;
  /** Among what. */
  readonly among: string;
}

const WORDS: Readonly<Record<DataQualityCheck, Words>> = {
  exposures: { name: "Exposures read", among: "" },
  events: { name: "Events read", among: "" },
  "metric-events": { name: "Events of", among: "the events" },
  "duplicate-exposures": {
    name: "Later exposures of a unit in the same arm",
    among: "the exposures",
  },
  "units-in-several-arms": { name: "Units in several arms", among: "the units" },
  "exposures-without-unit": { name: "Exposures without a unit", among: "the exposures" },
  "exposures-without-arm": { name: "Exposures without an arm", among: "the exposures" },
  "exposures-without-time": { name: "Exposures without a time", among: "the exposures" },
  "exposures-in-other-arms": { name: "Exposures in other arms", among: "the exposures" },
  "exposures-after-reading": { name: "Exposures after the reading", among: "the exposures" },
  "events-without-unit": { name: "Events without a unit", among: "the events" },
  "events-without-time": { name: "Events without a time", among: "the events" },
  "events-of-others": { name: "Events of others", among: "the events" },
  "events-before-exposure": {
    name: "Events before the exposure of their unit",
    among: "the events of units in the test",
  },
  "events-after-reading": { name: "Events after the reading", among: "the events" },
  "events-after-window": { name: "Events after the window of", among: "its events" },
  "values-missing": { name: "Values missing in", among: "its values" },
  "values-capped": { name: "Units whose value was capped in", among: "the units" },
  "immature-units": { name: "Units whose window is still open in", among: "the units" },
};
