// What the examples show of a value: `expression; // value`.

/** Whether a value is what an example shows of it: numbers to the digits shown, a trailing … for what is cut. */
export function agrees(value: unknown, shown: string): boolean {
  const cut = shown.replace(/[,;].*$/s, "").trim();
  for (const text of new Set([shown.trim(), cut])) {
    if (typeof value === "number" && /^-?[\d.e+-]+…?$/.test(text)) return sameNumber(value, text);
    try {
      // The examples are our own files.
      // oxlint-disable-next-line no-new-func, typescript/no-implied-eval
      const expected = new Function(`return (${text});`)() as unknown;
      if (sameShape(value, expected)) return true;
    } catch {
      // Prose behind the value: the cut text is tried next.
    }
  }
  return false;
}

function sameNumber(value: number, text: string): boolean {
  const [mantissa = "", exponent = "0"] = text.replace("…", "").toLowerCase().split("e");
  const decimals = (mantissa.split(".")[1] ?? "").length;
  const unit = 10 ** (Number(exponent) - decimals);
  if (!Number.isFinite(value)) return false;
  // The last digit may be rounded or cut; a double shown in full may differ in its last places.
  return Math.abs(value - Number(text.replace("…", ""))) <= Math.max(unit, 1e-12 * Math.abs(value));
}

function sameShape(value: unknown, expected: unknown): boolean {
  if (typeof value === "number" && typeof expected === "number") {
    if (!Number.isFinite(expected)) return Object.is(value, expected);
    return Math.abs(value - expected) <= 5e-3 * Math.abs(expected);
  }
  if (typeof value !== "object" || value === null || typeof expected !== "object" || expected === null) {
    return Object.is(value, expected);
  }
  const keys = Object.keys(expected);
  return (
    keys.length === Object.keys(value).length &&
    keys.every((key) =>
      sameShape((value as Record<string, unknown>)[key], (expected as Record<string, unknown>)[key]),
    )
  );
}
