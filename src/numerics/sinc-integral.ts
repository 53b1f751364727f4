import { once } from "../core/once.ts";
import { gaussLegendreRule } from "./gauss-legendre-rule.ts";
import { cos, sin } from "./elementary/trigonometric.ts";

/** Cells in a unit: cubics between them err by 2e-8. */
const CELLS = 32;
/** Beyond, three terms of the asymptotic series are as good. */
const END = 64;
/** Exact to rounding on so short a cell. */
const RULE_SIZE = 5;

/**
 * ∫ sin(πt)/(πt) dt from −∞ to u, within 3e-8: made of a table, once, for many values. It turns a sum over equidistant
 * samples of a smooth density into its distribution function between them, as precisely as the trapezoidal rule
 * integrates the density (sinc indefinite integration: Stenger 1993, 3.6).
 */
export const sincIntegral: () => (u: number) => number = /* @__PURE__ */ once(tabulated);

function tabulated(): (u: number) => number {
  const values = new Float64Array(END * CELLS + 1);
  const slopes = values.map((_, cell) => sinc(cell / CELLS) / CELLS);
  const { nodes, weights } = gaussLegendreRule(RULE_SIZE);
  values[0] = 0.5;
  for (let cell = 0; cell < END * CELLS; cell++) {
    let sum = 0;
    nodes.forEach((node, i) => (sum += weights[i]! * sinc((cell + 0.5 + 0.5 * node) / CELLS)));
    values[cell + 1] = values[cell]! + (0.5 * sum) / CELLS;
  }
  const above = (u: number): number => {
    if (u >= END) return 1 - beyond(u);
    const cell = Math.floor(u * CELLS);
    const share = u * CELLS - cell;
    const left = values[cell]!;
    const right = values[cell + 1]!;
    const slopeLeft = slopes[cell]!;
    const slopeRight = slopes[cell + 1]!;
    const rise = right - left;
    // Hermite's cubic through both ends with their slopes.
    return (
      left +
      share *
        (slopeLeft +
          share * (3 * rise - 2 * slopeLeft - slopeRight + share * (slopeLeft + slopeRight - 2 * rise)))
    );
  };
  return (u) => (u >= 0 ? above(u) : 1 - above(-u));
}

function sinc(t: number): number {
  return t === 0 ? 1 : sin(Math.PI * t) / (Math.PI * t);
}

/** ∫ sinc from u to ∞: the first terms of Abramowitz and Stegun 5.2.34–35. */
function beyond(u: number): number {
  if (u === Infinity) return 0;
  const x = Math.PI * u;
  return (cos(x) * (1 - 2 / (x * x)) + sin(x) / x) / (Math.PI * x);
}
