import { gaussLegendre, type QuadratureRule } from "./gauss-legendre.ts";

/** A constant table whose rows are made when they are first asked for. */
const RULES: QuadratureRule[] = [];

/** The same as `gaussLegendre`, at no cost the second time: for callers whose number of nodes follows the problem. */
export function gaussLegendreRule(n: number): QuadratureRule {
  return (RULES[n] ??= gaussLegendre(n));
}
