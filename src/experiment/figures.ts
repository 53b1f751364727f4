// Figures inside the sentences of a decision; report/ has its own for tables.

/** A p-value in two digits. */
export function shortP(p: number): string {
  return p < 0.0001 ? p.toExponential(1) : p.toPrecision(2);
}

/** A share in per cent, in three digits. */
export function percent(share: number): string {
  return `${Number((100 * share).toPrecision(3))} %`;
}
