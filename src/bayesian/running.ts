import { binomialPmfs, binomialReach, type CountRange } from "../numerics/binomial-window.ts";
import type { StoppingEdges } from "./stopping-edges.ts";

/** Probabilities of the treatment's conversions, beside one number of the control's. */
interface Row extends CountRange {
  readonly masses: Float64Array;
}

/** The experiments that still run: a row for each number of control conversions from `first` on. */
export interface Running {
  readonly first: number;
  readonly rows: readonly Row[];
}

/** Before the first unit. */
export const NOTHING_SEEN: Running = {
  first: 0,
  rows: [{ first: 0, last: 0, masses: /* @__PURE__ */ Float64Array.of(1) }],
};

/** The same experiments after another batch of control units, as far as their conversions stay within reach. */
export function addToControl(
  { first, rows }: Running,
  batch: number,
  rate: number,
  reach: CountRange,
): Running {
  const added = binomialReach(batch, rate);
  const pmf = binomialPmfs(batch, rate, added);
  const result: Row[] = [];
  for (let x = reach.first; x <= reach.last; x++) {
    const sources = rows.slice(Math.max(0, x - added.last - first), Math.max(0, x - added.first - first + 1));
    const row = emptyRow(sources);
    const firstSource = Math.max(first, x - added.last);
    sources.forEach((source, i) => {
      const probability = pmf[x - firstSource - i - added.first]!;
      const { masses } = source;
      const offset = source.first - row.first;
      for (let j = 0; j < masses.length; j++) row.masses[offset + j]! += probability * masses[j]!;
    });
    result.push(row);
  }
  return { first: reach.first, rows: result };
}

/** A row of zeros over all columns of some rows. */
function emptyRow(rows: readonly Row[]): Row {
  let first = Infinity;
  let last = -Infinity;
  for (const row of rows) {
    if (row.masses.length === 0) continue;
    first = Math.min(first, row.first);
    last = Math.max(last, row.last);
  }
  if (first > last) return { first: 0, last: -1, masses: new Float64Array(0) };
  return { first, last, masses: new Float64Array(last - first + 1) };
}

/** The same experiments after another batch of treatment units, as far as they do not stop there. */
export function addToTreatment(
  { first, rows }: Running,
  batch: number,
  rate: number,
  added: CountRange,
  { ship, keep }: StoppingEdges,
): Running {
  const pmf = binomialPmfs(batch, rate, added);
  const result = rows.map((source, i): Row => {
    const lowest = Math.max(keep[i]! + 1, source.first + added.first);
    const highest = Math.min(ship[i]! - 1, source.last + added.last);
    if (source.masses.length === 0 || lowest > highest) return emptyRow([]);
    const masses = new Float64Array(highest - lowest + 1);
    for (let y = source.first; y <= source.last; y++) {
      const mass = source.masses[y - source.first]!;
      const from = Math.max(lowest, y + added.first);
      const to = Math.min(highest, y + added.last);
      for (let z = from; z <= to; z++) masses[z - lowest]! += mass * pmf[z - y - added.first]!;
    }
    return { first: lowest, last: highest, masses };
  });
  return { first, rows: result };
}

/** The treatment's conversions of all experiments that still run; none where no experiment does. */
export function columnReach({ rows }: Running): CountRange {
  const { first, last } = emptyRow(rows);
  return { first, last };
}

/** Over all numbers of control conversions, for each of the treatment's from the first that still runs. */
export interface Columns {
  readonly going: Float64Array;
  /** Those with the treatment ahead. */
  readonly ahead: Float64Array;
}

export function columnsOf(running: Running, edges: StoppingEdges): Columns {
  const { first, last } = columnReach(running);
  const going = new Float64Array(last - first + 1);
  const ahead = new Float64Array(last - first + 1);
  for (const [i, row] of running.rows.entries()) {
    for (let y = row.first; y <= row.last; y++) {
      const mass = row.masses[y - row.first]!;
      going[y - first]! += mass;
      if (y >= edges.ahead[i]!) ahead[y - first]! += mass;
    }
  }
  return { going, ahead };
}
