import { checkBoolean, checkKnownFields, checkList, checkObject, checkOneOf } from "../../core/checks.ts";
import { DomainError } from "../../core/domain-error.ts";
import type { Column, RowFilter, TableName, TimeColumn } from "../summary-options.ts";
import { checkSqlName, checkSqlText } from "./sql-words.ts";
import { checkTimeZone } from "./check-moments.ts";

/** Parts of the longest name of a table: server, database, schema, table. */
const MOST_PARTS = 4;
const MOST_RECORDS = 10;

/** A table by its name, or the list of its parts. */
export function checkTable(field: string, table: TableName): void {
  if (typeof table === "string") checkSqlName(field, table);
  else checkList(field, table, "names", 1, MOST_PARTS);
  const parts = typeof table === "string" ? table.split(".") : table;
  if (parts.length > MOST_PARTS) {
    throw new DomainError(field, table, `must have ${MOST_PARTS} parts at most between its dots`);
  }
  parts.forEach((part, i) => {
    if (typeof table !== "string") return checkSqlName(`${field}[${i}]`, part);
    if (part === "") throw new DomainError(field, table, "must have a name before and behind each dot");
  });
}

/** A column by its name, a field within it, or a parameter of an event. */
export function checkColumn(field: string, column: Column): void {
  if (typeof column === "string") return checkSqlName(field, column);
  checkDescribed(field, column);
  if ("path" in column) {
    checkKnownFields(field, column, ["path"]);
    checkList(`${field}.path`, column.path, "names", 1, MOST_RECORDS);
    column.path.forEach((name, i) => checkSqlName(`${field}.path[${i}]`, name));
    return;
  }
  checkKnownFields(field, column, ["parameter", "type"]);
  checkSqlText(`${field}.parameter`, column.parameter);
  checkOneOf(`${field}.type`, column.type, ["text", "number"]);
}

function checkDescribed(field: string, column: unknown): void {
  if (typeof column === "object" && column !== null && !Array.isArray(column)) return;
  throw new DomainError(field, column, "must be the name of a column, or an object that describes one");
}

const EPOCHS = ["seconds", "milliseconds", "microseconds"] as const;

/** A column of dates, timestamps, texts or numbers that say when. */
export function checkTimeColumn(field: string, time: TimeColumn): void {
  if (typeof time === "string") return checkSqlName(field, time);
  checkDescribed(field, time);
  checkKnownFields(field, time, ["column", "epoch", "isText", "timeZone"]);
  const { column, epoch, isText, timeZone } = time;
  checkColumn(`${field}.column`, column);
  if (isText !== undefined) checkBoolean(`${field}.isText`, isText);
  if (timeZone !== undefined) checkTimeZone(`${field}.timeZone`, timeZone);
  if (epoch === undefined) return;
  checkOneOf(`${field}.epoch`, epoch, EPOCHS);
  if (isText === true || timeZone !== undefined) {
    const expected =
      "must stand alone: a number since 1970 is no text, and the same moment in every time zone";
    throw new DomainError(`${field}.epoch`, epoch, expected);
  }
}

const MOST_FILTERS = 50;

/** Conditions that rows pass: all of them. */
export function checkFilters(field: string, filters: readonly RowFilter[]): void {
  checkList(field, filters, "filters", 0, MOST_FILTERS);
  filters.forEach((filter, i) => checkFilter(`${field}[${i}]`, filter));
}

function checkFilter(field: string, filter: RowFilter): void {
  checkObject(field, filter);
  if ("in" in filter) {
    checkKnownFields(field, filter, ["column", "in"]);
    checkColumn(`${field}.column`, filter.column);
    checkList(`${field}.in`, filter.in, "values", 1);
    filter.in.forEach((value, i) => {
      checkValue(`${field}.in[${i}]`, value);
      if (typeof value !== typeof filter.in[0]) {
        throw new DomainError(`${field}.in[${i}]`, value, `must be a ${typeof filter.in[0]} like the first`);
      }
    });
    return;
  }
  checkKnownFields(field, filter, ["column", "in", "from", "to"]);
  checkColumn(`${field}.column`, filter.column);
  const { from, to } = filter;
  if (from === undefined && to === undefined) {
    throw new DomainError(field, filter, "must hold `in`, or `from`, `to` or both");
  }
  if (from !== undefined) checkLimit(`${field}.from`, from);
  if (to !== undefined) checkLimit(`${field}.to`, to);
  if (from === undefined || to === undefined) return;
  if (typeof from !== typeof to || from > to) {
    throw new DomainError(`${field}.to`, to, `must be a ${typeof from} at or above from = ${from}`);
  }
}

function checkLimit(field: string, value: unknown): void {
  if (typeof value === "boolean") throw new DomainError(field, value, "must be a text or a finite number");
  checkValue(field, value);
}

function checkValue(field: string, value: unknown): void {
  if (typeof value === "string") return checkSqlText(field, value);
  if (typeof value === "boolean" || Number.isFinite(value)) return;
  throw new DomainError(field, value, "must be a text, a finite number, true or false");
}
