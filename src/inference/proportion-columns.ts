import { checkObject } from "../core/checks.ts";
import { DomainError } from "../core/domain-error.ts";

/** Numbers row by row: a typed array or a list. */
export type NumberColumn = ArrayLike<number>;

/** Two arms of each row. */
export interface ArmColumns {
  /** Units of the control, whole numbers of at least 1. */
  readonly controlN: NumberColumn;
  /** Units of the control that converted, from 0 to its n. */
  readonly controlConversions: NumberColumn;
  readonly treatmentN: NumberColumn;
  readonly treatmentConversions: NumberColumn;
}

/** An effect of each row, with its interval. NaN stands where a single call has null. */
export interface EffectColumns {
  readonly estimate: Float64Array;
  readonly standardError: Float64Array;
  readonly lower: Float64Array;
  readonly upper: Float64Array;
}

/** What `compareProportionsBatch` finds, row by row. */
export interface ProportionColumns {
  /** z of the test; NaN where `wald` has no variance to judge by, and so are the p-values. */
  readonly statistic: Float64Array;
  readonly pValue: Float64Array;
  /** Natural log of the p-value. */
  readonly logPValue: Float64Array;
  readonly difference: EffectColumns;
  /** The estimate and its error are NaN where no unit of either arm converted. */
  readonly lift: EffectColumns;
  /**
   * The warnings of the single call, as a sum: 1 `NO_VARIANCE` (no test: status `undetermined`), 2 `ZERO_CONTROL_RATE`
   * (an infinite lift), 4 `UNDETERMINED_LIFT`, 8 `UNDETERMINED_ODDS_RATIO`, 16 `SMALL_COUNTS`; 0 where there is none.
   */
  readonly flags: Uint8Array;
}

const ARMS = ["controlN", "controlConversions", "treatmentN", "treatmentConversions"] as const;
const EFFECT = ["estimate", "standardError", "lower", "upper"] as const;

/** Columns for so many rows. */
export function emptyColumns(rows: number): ProportionColumns {
  const numbers = (): Float64Array => new Float64Array(rows);
  const effect = (): EffectColumns => ({
    estimate: numbers(),
    standardError: numbers(),
    lower: numbers(),
    upper: numbers(),
  });
  return {
    statistic: numbers(),
    pValue: numbers(),
    logPValue: numbers(),
    difference: effect(),
    lift: effect(),
    flags: new Uint8Array(rows),
  };
}

/** Checks the arms of all rows, so that nothing is written for a batch with a fault. Returns the number of rows. */
export function checkArmColumns(columns: ArmColumns): number {
  for (const name of ARMS) checkColumn(name, columns[name]);
  const rows = columns.controlN.length;
  for (const name of ARMS) {
    const { length } = columns[name];
    if (length !== rows) throw new DomainError(`${name}.length`, length, `must be that of controlN, ${rows}`);
  }
  checkArms("control", columns.controlN, columns.controlConversions);
  checkArms("treatment", columns.treatmentN, columns.treatmentConversions);
  return rows;
}

function checkColumn(field: string, value: unknown): void {
  if (!(Array.isArray(value) || (ArrayBuffer.isView(value) && "length" in value)))
    throw new DomainError(field, value, "must be a typed array or a list of numbers");
}

function checkArms(arm: string, n: NumberColumn, conversions: NumberColumn): void {
  for (let row = 0; row < n.length; row++) {
    const units = n[row];
    const converted = conversions[row];
    if (!(Number.isSafeInteger(units) && units! >= 1))
      throw new DomainError(`${arm}N[${row}]`, units, "must be a whole number at or above 1");
    if (!(Number.isSafeInteger(converted) && converted! >= 0))
      throw new DomainError(`${arm}Conversions[${row}]`, converted, "must be a whole number at or above 0");
    if (converted! > units!)
      throw new DomainError(
        `${arm}Conversions[${row}]`,
        converted,
        `must be at most ${arm}N[${row}] = ${units}`,
      );
  }
}

/** Checks columns to write into: their kinds, that they are long enough, and that none lies over another one. */
export function checkOut(out: ProportionColumns, rows: number, arms: ArmColumns): void {
  checkObject("out", out);
  const written: [string, ArrayBufferView][] = [];
  const check = (field: string, value: unknown, Kind: typeof Float64Array | typeof Uint8Array): void => {
    if (!(value instanceof Kind && value.length >= rows))
      throw new DomainError(field, sizeOf(value), `must be a ${Kind.name} of at least ${rows} rows`);
    written.push([field, value]);
  };
  for (const name of ["statistic", "pValue", "logPValue"] as const)
    check(`out.${name}`, out[name], Float64Array);
  for (const name of ["difference", "lift"] as const) {
    checkObject(`out.${name}`, out[name]);
    for (const part of EFFECT) check(`out.${name}.${part}`, out[name][part], Float64Array);
  }
  check("out.flags", out.flags, Uint8Array);
  const read = ARMS.flatMap((name): [string, ArrayBufferView][] => {
    const column: unknown = arms[name];
    return ArrayBuffer.isView(column) ? [[name, column]] : [];
  });
  written.forEach(([field, column], i) => {
    const other = [...read, ...written.slice(0, i)].find(([, candidate]) => overlap(column, candidate));
    if (other) throw new DomainError(field, sizeOf(column), `must not share memory with ${other[0]}`);
  });
}

/** A million numbers are no part of a message. */
function sizeOf(value: unknown): unknown {
  return ArrayBuffer.isView(value) ? `${value.constructor.name} of ${value.byteLength} bytes` : value;
}

function overlap(a: ArrayBufferView, b: ArrayBufferView): boolean {
  return (
    a.buffer === b.buffer &&
    a.byteOffset < b.byteOffset + b.byteLength &&
    b.byteOffset < a.byteOffset + a.byteLength
  );
}
