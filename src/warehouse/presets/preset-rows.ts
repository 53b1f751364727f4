import { EVENT_TABLE_FIELDS, type EventTableOptions, eventTableSource } from "./event-table-source.ts";
import { GA4_FIELDS, type Ga4Options, ga4Source } from "./ga4-source.ts";
import type { LocatedRows } from "./located-rows.ts";

/** A place of rows by the name of a preset, with its options beside it: for configurations. */
export type PresetRows =
  ({ readonly preset: "ga4-export" } & Ga4Options) | ({ readonly preset: "event-table" } & EventTableOptions);

export const PRESETS: readonly PresetRows["preset"][] = ["ga4-export", "event-table"];

/** The fields of a preset, besides its name. */
export function presetFields(preset: PresetRows["preset"]): readonly string[] {
  return preset === "ga4-export" ? GA4_FIELDS : EVENT_TABLE_FIELDS;
}

/** Where the rows of a preset lie. */
export function presetRows({ preset, ...options }: PresetRows): LocatedRows {
  return preset === "ga4-export"
    ? ga4Source(options as Ga4Options)
    : eventTableSource(options as EventTableOptions);
}
