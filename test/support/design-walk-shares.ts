import type { Random } from "../../src/numerics/random.ts";
import type { GroupSequentialDesign } from "../../src/sequential/group-sequential-design.ts";

/** What became of simulated walks, as shares of their number. */
export interface DesignWalkShares {
  readonly rejected: number;
  readonly wrongSide: number;
  readonly futile: number;
  /** Average information at the end. */
  readonly information: number;
}

/** Walks with a drift that obey the boundaries of a design, drawn increment by increment. */
export function designWalkShares(
  { looks, alternative }: GroupSequentialDesign,
  drift: number,
  runs: number,
  random: Random,
): DesignWalkShares {
  const isTwoSided = alternative === "two-sided";
  let [rejected, wrongSide, futile, information] = [0, 0, 0, 0];
  for (let run = 0; run < runs; run++) {
    let value = 0;
    let before = 0;
    for (const [k, look] of looks.entries()) {
      const step = look.information - before;
      value += drift * step + Math.sqrt(step) * random.normal();
      before = look.information;
      const z = value / Math.sqrt(look.information);
      const isLast = k === looks.length - 1;
      const isFutile = look.futility !== null && (isTwoSided ? Math.abs(z) : z) <= look.futility;
      const isRejected = z >= look.efficacy;
      const isWrong = isTwoSided && z <= -look.efficacy;
      if (!isLast && !isFutile && !isRejected && !isWrong) continue;
      if (isRejected) rejected++;
      else if (isWrong) wrongSide++;
      else if (!isLast) futile++;
      information += look.information;
      break;
    }
  }
  return {
    rejected: rejected / runs,
    wrongSide: wrongSide / runs,
    futile: futile / runs,
    information: information / runs,
  };
}
