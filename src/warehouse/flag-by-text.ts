/** A column of numbers or truth values as a number, for dialects that make no number with a point of a truth value. */
export function flagByText(expression: string, textType: string, doubleType: string): string {
  const text = `CAST(${expression} AS ${textType})`;
  return `CASE ${text} WHEN 'true' THEN 1 WHEN 'false' THEN 0 ELSE CAST(${text} AS ${doubleType}) END`;
}
