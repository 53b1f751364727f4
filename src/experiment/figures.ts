// Figures inside the sentences of a decision; report/ has its own for tables.

/** A p-value in two digits: `p = 0.012`, `p < 0.0001`. */
export function pFigure(p: number): string {
  return p < 0.0001 ? "p < 0.0001" : `p = ${p.toPrecision(2)}`;
}

/** A share in per cent, in three digits. */
export function percent(share: number): string {
  return `${Number((100 * share).toPrecision(3))} %`;
}

/** A whole number in groups of three: `80,682`. */
export function units(n: number): string {
  return String(n).replaceAll(/\B(?=(\d{3})+$)/g, ",");
}
