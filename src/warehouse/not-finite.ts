/** Condition that an expression is NULL, NaN or infinite: all but numbers that are 0 less themselves. */
export function notFinite(expression: string): string {
  return `COALESCE(${expression} - ${expression}, 1) <> 0`;
}
