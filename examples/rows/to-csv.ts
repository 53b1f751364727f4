/** Rows as a CSV file with a line of names; none of their texts may hold a comma or a quote. */
export function toCsv(rows: readonly object[]): string {
  const lines = rows.map((row) => Object.values(row).join(","));
  return `${[Object.keys(rows[0]!).join(","), ...lines].join("\n")}\n`;
}
