import { cos, sin } from "./trigonometric.ts";

/** The inverse tangent, the same bits on every engine. */
export function atan(x: number): number {
  if (Math.abs(x) > 1) return Math.sign(x) * 0.5 * Math.PI - atan(1 / x);
  // Within 0.005 of the angle, and then what is left by the tangent of a difference.
  const angle = x / (1 + 0.28 * x * x);
  const [sine, cosine] = [sin(angle), cos(angle)];
  const left = (x * cosine - sine) / (cosine + x * sine);
  const square = left * left;
  return angle + left * (1 - square * (1 / 3 - square * (1 / 5)));
}

/** The angle of the point (x, y), the same bits on every engine. */
export function atan2(y: number, x: number): number {
  if (Math.abs(y) > Math.abs(x)) return Math.sign(y) * 0.5 * Math.PI - atan(x / y);
  if (x > 0) return atan(y / x);
  return x === 0 ? 0 : atan(y / x) + (y < 0 ? -Math.PI : Math.PI);
}

/** The inverse sine, the same bits on every engine. */
export function asin(x: number): number {
  return atan2(x, Math.sqrt((1 - x) * (1 + x)));
}
