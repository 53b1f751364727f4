const LEAST = -1074;

// One list instead of a power each time: engines do not agree on powers, and on a double's bits take longer.
const POWERS: Float64Array = /* @__PURE__ */ Float64Array.from({ length: 2098 }, (_, i) => 2 ** (i + LEAST));

/** 2 to a whole power from −1074 to 1023, exactly. */
export function powerOfTwo(power: number): number {
  return POWERS[power - LEAST]!;
}

/** x · 2^power for a whole power from −2098 to 2047, rounded once unless it is halved below the normal numbers. */
export function scaled(x: number, power: number): number {
  if (power > -1022 && power < 1024) return x * powerOfTwo(power);
  const half = Math.trunc(power / 2);
  return x * powerOfTwo(half) * powerOfTwo(power - half);
}

const bytes = /* @__PURE__ */ new DataView(/* @__PURE__ */ new ArrayBuffer(8));
/** What lies between the first 20 bits of √2 and those of 2. */
const ABOVE_ROOT = 0x95f62;

/** The whole k for which x / 2^k lies between √½ and √2, for a normal x above 0. */
export function binaryExponent(x: number): number {
  bytes.setFloat64(0, x);
  return ((bytes.getInt32(0) + ABOVE_ROOT) >> 20) - 1023;
}
