import type { BetaPrior } from "../models/beta-prior.ts";
import type { CountRange } from "../numerics/binomial-window.ts";
import { smallestTrue } from "../numerics/smallest-true.ts";
import type { BetaPriors } from "./beta-prior.ts";
import type { EachArm } from "./each-arm.ts";
import { StandingWalk } from "./standing-walk.ts";
import { type ArmStanding, isChosen, type StoppingRule } from "./stopping-rule.ts";

/** What a look decides, for each number of control conversions within reach. */
export interface StoppingEdges {
  /** The fewest treatment conversions with which the treatment ships; one more than the reach where none does. */
  readonly ship: Int32Array;
  /** The most treatment conversions with which the control is kept; one less than the reach where none does. */
  readonly keep: Int32Array;
  /** The fewest treatment conversions with which the treatment has the higher posterior mean. */
  readonly ahead: Int32Array;
}

/** The rule at a look of n units in each arm. */
export function stoppingEdges(
  rule: StoppingRule,
  priors: BetaPriors,
  n: number,
  { control, treatment }: EachArm<CountRange>,
): StoppingEdges {
  const ship = fewestWhere(
    (standing) => isChosen(rule, standing),
    { prior: priors.control, reach: control },
    { prior: priors.treatment, reach: treatment },
    n,
  );
  const fewestToKeep = fewestWhere(
    // Where the losses are the same, nothing is gained by a change.
    ({ loss, behind, lead }) => isChosen(rule, { loss, behind, lead: lead === 0 ? 1 : lead }),
    { prior: priors.treatment, reach: treatment },
    { prior: priors.control, reach: control },
    n,
  );
  const keep = new Int32Array(ship.length);
  let most = treatment.first - 1;
  for (let x = control.first; x <= control.last; x++) {
    while (most < treatment.last && fewestToKeep[most + 1 - treatment.first]! <= x) most++;
    keep[x - control.first] = most;
  }
  return { ship, keep, ahead: aheadEdge(priors, n, { control, treatment }) };
}

interface ArmInReach {
  readonly prior: BetaPrior;
  readonly reach: CountRange;
}

/**
 * For each number of conversions of the other arm, the fewest own ones for which a condition holds: it goes on holding
 * with more of the own arm and fewer of the other, so that the edge rises, and one walk along it finds it.
 */
function fewestWhere(
  holds: (standing: ArmStanding) => boolean,
  other: ArmInReach,
  own: ArmInReach,
  n: number,
): Int32Array {
  const { first, last } = own.reach;
  const edge = new Int32Array(other.reach.last - other.reach.first + 1).fill(last + 1);
  const walkFrom = (y: number): StandingWalk =>
    new StandingWalk(other.prior, own.prior, n, other.reach.first, y);
  const guess = Math.min(last, Math.max(first, other.reach.first));
  let y = smallestTrue((conversions) => holds(walkFrom(conversions)), guess, first, last + 1);
  if (y > last) return edge;
  const walk = walkFrom(y);
  for (let x = other.reach.first; ; x++) {
    while (!holds(walk)) {
      if (y === last) return edge;
      walk.addToOwn();
      y++;
    }
    edge[x - other.reach.first] = y;
    if (x === other.reach.last) return edge;
    walk.addToOther();
  }
}

function aheadEdge(priors: BetaPriors, n: number, { control, treatment }: EachArm<CountRange>): Int32Array {
  const edge = new Int32Array(control.last - control.first + 1);
  const share =
    (priors.treatment.alpha + priors.treatment.beta + n) / (priors.control.alpha + priors.control.beta + n);
  for (let x = control.first; x <= control.last; x++) {
    const level = (priors.control.alpha + x) * share - priors.treatment.alpha;
    edge[x - control.first] = Math.min(treatment.last + 1, Math.max(treatment.first, Math.floor(level) + 1));
  }
  return edge;
}
