/** What the fixed suite prints: texts, and numbers as their 64 bits in hexadecimal digits. */
export type Figures = Readonly<Record<string, string | boolean>>;

/** The figures that differ, those that differ most first; a few are enough to see why. */
export function differences(expected: Figures, actual: Figures): readonly string[] {
  const names = new Set([...Object.keys(expected), ...Object.keys(actual)]);
  return [...names]
    .filter((name) => expected[name] !== actual[name])
    .map((name) => ({ name, error: relativeError(number(expected[name]), number(actual[name])) }))
    .toSorted((a, b) => b.error - a.error)
    .slice(0, 20)
    .map(
      ({ name, error }) =>
        `${name}: ${shown(expected[name])}, ${shown(actual[name])} (${error.toPrecision(2)})`,
    );
}

type Value = Figures[string] | undefined;

function relativeError(expected: number, actual: number): number {
  const error = Math.abs(actual - expected) / Math.max(Math.abs(actual), Math.abs(expected));
  return Number.isNaN(error) ? Infinity : error;
}

function number(value: Value): number {
  if (typeof value !== "string" || !/^0x[\da-f]{16}$/.test(value)) return Number.NaN;
  const view = new DataView(new ArrayBuffer(8));
  view.setBigUint64(0, BigInt(value));
  return view.getFloat64(0);
}

function shown(value: Value): string {
  const figure = number(value);
  return Number.isNaN(figure) ? String(value) : String(figure);
}
