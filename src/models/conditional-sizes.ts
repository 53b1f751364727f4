import { hypergeometricLogPmf, logHypergeometricTails } from "../numerics/hypergeometric-tails.ts";
import { logAdd, logSum } from "../numerics/log-sum.ts";
import type { CriticalCounts, RejectionSides } from "./critical-counts.ts";

/**
 * For each number of conversions in all, ln of the probability given that number that a test rejects under equal rates,
 * which does not depend on the rate; −Infinity if it never does. The counts must begin at no conversions at all.
 */
export function conditionalSizes({ above, below }: RejectionSides): Float64Array {
  const [first, second] = [above, below].filter((side) => side !== null).map(logSizes);
  return second === undefined ? first! : first!.map((log, c) => logAdd(log, second[c]!));
}

function logSizes({ n1, n2, fewest, sparesCorner }: CriticalCounts): Float64Array {
  return Float64Array.from(fewest, (x2, c) => {
    const table = { population: n1 + n2, successes: c, draws: n2 };
    if (!sparesCorner || c !== n2) return logHypergeometricTails(x2 - 1, table).upper;
    return logSum(
      Array.from({ length: Math.max(0, n2 - x2) }, (_, i) => hypergeometricLogPmf(x2 + i, table)),
    );
  });
}
