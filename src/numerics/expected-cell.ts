/**
 * The cell of a 2×2 table that its margins and an odds ratio ψ imply: the A between 0 and both margins with
 * A (N − row − column + A) = ψ (row − A)(column − A).
 */
export function expectedCell(row: number, column: number, total: number, oddsRatio: number): number {
  // (ψ − 1) A² − b A + ψ row column = 0: its smaller root, each time in the form that does not cancel.
  const step = oddsRatio - 1;
  const product = oddsRatio * row * column;
  const b = total - row - column + oddsRatio * (row + column);
  const discriminant =
    step > 0
      ? total * total +
        (step * (row - column)) ** 2 +
        2 * step * (row * (total - column) + column * (total - row))
      : b * b - 4 * step * product;
  const root = Math.sqrt(discriminant);
  return b > 0 ? (2 * product) / (b + root) : (b - root) / (2 * step);
}
