import { binomialPmfs, binomialReach, type CountRange } from "../numerics/binomial-window.ts";
import { rateGroups } from "./rate-groups.ts";
import {
  addToControl,
  addToTreatment,
  columnReach,
  type Columns,
  columnsOf,
  NOTHING_SEEN,
  type Running,
} from "./running.ts";
import { type StoppingEdges, stoppingEdges } from "./stopping-edges.ts";
import type { StoppingDesign, Stops } from "./stops.ts";
import { exp } from "../numerics/elementary/exp.ts";
import { ln } from "../numerics/elementary/ln.ts";
import { log1p } from "../numerics/elementary/log1p.ts";

/**
 * Where experiments end, for each true rate of the treatment: a forward recursion over the joint distribution of both
 * arms' conversions, with nothing left out but what lies beyond the reach of a binomial (1e-16 a side).
 *
 * A batch adds independent binomials, first to the control's conversions and then to the treatment's. The number of ways
 * to a state that still runs does not depend on the rates, so that one recursion, at one rate, serves all rates near it
 * by their likelihood ratio; only the last batch before a stop is taken at each rate itself.
 */
export function exactStops(design: StoppingDesign, rates: readonly number[]): Stops[] {
  const result: Stops[] = [];
  for (const { reference, members } of rateGroups(rates, design.looks.at(-1)!)) {
    const ofMembers = members.map((index) => rates[index]!);
    stopsNear(design, reference, ofMembers).forEach((stops, i) => (result[members[i]!] = stops));
  }
  return result;
}

function stopsNear(
  { baseline, looks, priors, rule }: StoppingDesign,
  reference: number,
  rates: readonly number[],
): Stops[] {
  const result = rates.map(() => ({
    ship: [] as number[],
    keep: [] as number[],
    going: [] as number[],
    ahead: 0,
  }));
  let running = NOTHING_SEEN;
  let before = 0;
  for (const n of looks) {
    const batch = n - before;
    const reach = { control: binomialReach(n, baseline), treatment: jointReach(n, rates) };
    const edges = stoppingEdges(rule, priors, n, reach);
    const halfway = addToControl(running, batch, baseline, reach.control);
    running = addToTreatment(halfway, batch, reference, jointReach(batch, rates), edges);
    const columns = columnsOf(running, edges);
    for (const [i, rate] of rates.entries()) {
      const stops = result[i]!;
      const isOver = (stops.going.at(-1) ?? 1) < NEGLIGIBLE;
      const { ship, keep } = isOver
        ? NO_MORE
        : leaving(halfway, edges, tilt(halfway, before, rate, reference), batch, rate);
      const { going, ahead } = isOver ? NO_MORE : staying(columns, tilt(running, n, rate, reference));
      stops.ship.push(ship);
      stops.keep.push(keep);
      stops.going.push(going);
      stops.ahead = ahead;
    }
    before = n;
  }
  return result;
}

/** Once less than this runs, the rest is left out, as is what lies beyond the reach of a binomial. */
const NEGLIGIBLE = 1e-16;
const NO_MORE = { ship: 0, keep: 0, going: 0, ahead: 0 };

function jointReach(n: number, rates: readonly number[]): CountRange {
  return {
    first: binomialReach(n, Math.min(...rates)).first,
    last: binomialReach(n, Math.max(...rates)).last,
  };
}

/** Factors for the treatment's conversions from `first` on. */
interface Tilt {
  readonly first: number;
  readonly factors: Float64Array;
}

/** How much more likely the treatment's conversions among n units are at one rate than at another. */
function tilt(running: Running, n: number, rate: number, reference: number): Tilt {
  const { first, last } = columnReach(running);
  const logOfOne = ln(rate / reference);
  const logOfNone = log1p(-rate) - log1p(-reference);
  const factors = new Float64Array(last - first + 1);
  for (let y = first; y <= last; y++) factors[y - first] = exp(y * logOfOne + (n - y) * logOfNone);
  return { first, factors };
}

/** P(a batch takes the treatment to where it ships, or the control is kept), from all states with their tilt. */
function leaving(
  { rows }: Running,
  { ship, keep }: StoppingEdges,
  { first, factors }: Tilt,
  batch: number,
  rate: number,
): { readonly ship: number; readonly keep: number } {
  const added = binomialReach(batch, rate);
  const pmf = binomialPmfs(batch, rate, added);
  const atLeast = pmf.slice();
  for (let i = pmf.length - 2; i >= 0; i--) atLeast[i]! += atLeast[i + 1]!;
  const atMost = pmf.slice();
  for (let i = 1; i < pmf.length; i++) atMost[i]! += atMost[i - 1]!;
  const farthest = pmf.length - 1;
  const sums = { ship: 0, keep: 0 };
  for (const [i, row] of rows.entries()) {
    const shipAt = ship[i]! - added.first;
    for (let y = Math.max(row.first, shipAt - farthest); y <= row.last; y++) {
      sums.ship += row.masses[y - row.first]! * factors[y - first]! * atLeast[Math.max(0, shipAt - y)]!;
    }
    const keepAt = keep[i]! - added.first;
    for (let y = Math.min(row.last, keepAt); y >= row.first; y--) {
      sums.keep += row.masses[y - row.first]! * factors[y - first]! * atMost[Math.min(farthest, keepAt - y)]!;
    }
  }
  return sums;
}

/** P(no stop so far), and the part of it in which the treatment is ahead. */
function staying(
  { going, ahead }: Columns,
  { factors }: Tilt,
): { readonly going: number; readonly ahead: number } {
  const sums = { going: 0, ahead: 0 };
  for (let j = 0; j < factors.length; j++) {
    sums.going += going[j]! * factors[j]!;
    sums.ahead += ahead[j]! * factors[j]!;
  }
  return sums;
}
