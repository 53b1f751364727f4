import type { DataQualityCheck, DataQualityReadout } from "../experiment/data-quality.ts";
import { type Block, details, list, paragraph, section } from "./block.ts";
import { percent, units } from "./figures.ts";
import { quoted } from "./labels.ts";

/** The rows behind a read-out: all that were read, and what became of those that are not as they should be. */
export function dataQualityBlocks(counts: readonly DataQualityReadout[]): Block[] {
  if (counts.length === 0) return [];
  const totals = counts.flatMap(({ check, metric, count }): [string, string][] =>
    isTotal(check) ? [[named(TOTALS[check], metric), units(count)]] : [],
  );
  const found = counts.flatMap((count) => sentences(count) ?? []);
  return [
    section("The rows"),
    ...(totals.length === 0 ? [] : [details(totals)]),
    found.length === 0 ? paragraph("No row was left out or changed.") : list(found),
  ];
}

/** What was found and what became of it; null where nothing was. */
function sentences({ check, metric, count, share, treatment }: DataQualityReadout): string | null {
  if (isTotal(check) || count === 0) return null;
  const { name, among } = WORDS[check];
  const ofAll = share === null ? "" : ` (${percent(share)} of ${among})`;
  return `${named(name, metric)}: ${units(count)}${ofAll}. ${treatment}`;
}

function named(name: string, metric: string | null): string {
  return metric === null ? name : `${name} ${quoted(metric)}`;
}

/** What says how much was read. */
type Total = "exposures" | "events" | "metric-events";

const TOTALS: Readonly<Record<Total, string>> = {
  exposures: "Exposures read",
  events: "Events read",
  "metric-events": "Events of",
};

function isTotal(check: DataQualityCheck): check is Total {
  return Object.hasOwn(TOTALS, check);
}

interface Words {
  /** What was counted; the name of a metric follows where there is one. */
  readonly name: string;
  /** Among what. */
  readonly among: string;
}

const WORDS: Readonly<Record<Exclude<DataQualityCheck, Total>, Words>> = {
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
