// π/2 in three parts; the first two have 33 bits, so that their products with up to 2^20 quarter turns are exact.
const QUARTER_HIGH = 0x1921fb544 * 2 ** -32;
const QUARTER_MIDDLE = 0x10b4611a6 * 2 ** -66;
const QUARTER_LOW = 2.0222662487959506e-21;

/** The sine, the same bits on every engine; all digits are right for |x| up to a million. */
export function sin(x: number): number {
  return ofTurn(x, 0);
}

/** The cosine, the same bits on every engine; all digits are right for |x| up to a million. */
export function cos(x: number): number {
  return ofTurn(x, 1);
}

/** The tangent, the same bits on every engine; all digits are right for |x| up to a million. */
export function tan(x: number): number {
  return sin(x) / cos(x);
}

/** The sine of x and of `ahead` quarter turns. */
function ofTurn(x: number, ahead: number): number {
  const turns = Math.round(x * (2 / Math.PI));
  const first = x - turns * QUARTER_HIGH;
  const second = turns * QUARTER_MIDDLE;
  const r = first - second;
  const rest = first - r - second - turns * QUARTER_LOW;
  const quarter = (((turns + ahead) % 4) + 4) % 4;
  const size = quarter % 2 === 0 ? sineNearZero(r, rest) : cosineNearZero(r, rest);
  return quarter < 2 ? size : -size;
}

/** sin(r + rest) by its series, for |r| up to π/4. */
function sineNearZero(r: number, rest: number): number {
  const z = r * r;
  const upper =
    1 / 362880 - z * (1 / 39916800 - z * (1 / 6227020800 - z * (1 / 1307674368000 - z / 355687428096000)));
  const series = 1 / 6 - z * (1 / 120 - z * (1 / 5040 - z * upper));
  return r - (r * z * series - rest * (1 - 0.5 * z));
}

/** cos(r + rest) by its series, for |r| up to π/4. */
function cosineNearZero(r: number, rest: number): number {
  const z = r * r;
  const upper = 1 / 3628800 - z * (1 / 479001600 - z * (1 / 87178291200 - z / 20922789888000));
  const series = 1 / 24 - z * (1 / 720 - z * (1 / 40320 - z * upper));
  const half = 0.5 * z;
  const most = 1 - half;
  return most + (1 - most - half + (z * z * series - r * rest));
}
