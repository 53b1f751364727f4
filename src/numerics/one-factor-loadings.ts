import type { Matrix } from "./matrix.ts";

/** Correlations that differ by less give the same probabilities to 12 digits. */
const TOLERANCE = 1e-13;

/** Loadings between −1 and 1 whose products are the correlations of three or more variables, or null if there are none. */
export function oneFactorLoadings(correlation: Matrix): number[] | null {
  const size = correlation.length;
  // The variable that depends most on the others shows the factor best.
  const strength = correlation.map((row) => row.reduce((sum, r) => sum + Math.abs(r), 0));
  const first = strength.indexOf(Math.max(...strength));
  const others = correlation.map((_, i) => i).filter((i) => i !== first);
  others.sort((i, j) => Math.abs(correlation[first]![j]!) - Math.abs(correlation[first]![i]!));
  const [second, third] = [others[0]!, others[1]!];
  const [r12, r13, r23] = [
    correlation[first]![second]!,
    correlation[first]![third]!,
    correlation[second]![third]!,
  ];
  if (r12 === 0) return Array.from({ length: size }, () => 0);
  // With no third variable on the factor, the two may share their loading.
  const square = r13 === 0 ? Math.abs(r12) : (r12 * r13) / r23;
  if (!(square > 0 && square < 1)) return null;
  const loading = Math.sqrt(square);
  const loadings = correlation[first]!.map((r, i) => (i === first ? loading : r / loading));
  const isOneFactor = loadings.every(
    (a, i) =>
      Math.abs(a) < 1 &&
      loadings.every((b, j) => i === j || Math.abs(a * b - correlation[i]![j]!) <= TOLERANCE),
  );
  return isOneFactor ? loadings : null;
}
