import { checkKnownFields, checkObject } from "../../core/checks.ts";
import { DomainError } from "../../core/domain-error.ts";
import type { EventTable, ExposureTable, SummarySource } from "../summary-options.ts";
import { checkColumn, checkFilters, checkTable, checkTimeColumn } from "./check-columns.ts";
import type { MeasuredOn } from "./check-measures.ts";

/** Where rows lie; returns what measures are made of there. */
export function checkSource(field: string, source: SummarySource): MeasuredOn {
  checkObject(field, source);
  if ("units" in source) {
    checkKnownFields(field, source, ["units", "where"]);
    checkTable(`${field}.units`, source.units);
    if (source.where !== undefined) checkFilters(`${field}.where`, source.where);
    return "columns";
  }
  checkKnownFields(field, source, ["exposures", "events", "units"]);
  if (source.exposures === undefined && source.events === undefined) {
    throw new DomainError(field, source, "must hold `exposures` and `events`, or `units`");
  }
  checkEventful(`${field}.exposures`, source.exposures, []);
  checkEventful(`${field}.events`, source.events, ["event"]);
  checkColumn(`${field}.events.event`, source.events.event);
  return "events";
}

function checkEventful(field: string, table: ExposureTable | EventTable, own: readonly string[]): void {
  checkObject(field, table);
  checkKnownFields(field, table, ["table", "unit", "time", "where", ...own]);
  checkTable(`${field}.table`, table.table);
  if (table.unit !== undefined) checkColumn(`${field}.unit`, table.unit);
  if (table.time !== undefined) checkTimeColumn(`${field}.time`, table.time);
  if (table.where !== undefined) checkFilters(`${field}.where`, table.where);
}
