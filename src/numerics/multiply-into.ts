/**
 * The product A B of two square matrices that lie row by row in longer arrays, written into a third: for loops in which
 * lists of rows would cost more than the arithmetic.
 */
export function multiplyInto(
  a: Float64Array,
  aOffset: number,
  b: Float64Array,
  bOffset: number,
  out: Float64Array,
  outOffset: number,
  size: number,
): void {
  for (let i = 0; i < size; i++) {
    for (let j = 0; j < size; j++) {
      let sum = 0;
      for (let k = 0; k < size; k++) sum += a[aOffset + i * size + k]! * b[bOffset + k * size + j]!;
      out[outOffset + i * size + j] = sum;
    }
  }
}
