/** The share of an interval that a golden section cuts off. */
const GOLDEN = 0.5 * (3 - /* @__PURE__ */ Math.sqrt(5));
/** Golden sections alone narrow any interval of doubles in fewer. */
const MOST_STEPS = 200;

/**
 * Where a function of one variable that rises and then falls between two points is largest, by parabolas that fall back
 * on golden sections. Source: Brent (1973), chapter 5.
 *
 * @param precision - of where the maximum lies, relative to 1 + |x|; finer than 1e-8 its value does not tell
 */
export function maximizeOnLine(
  f: (x: number) => number,
  lower: number,
  upper: number,
  precision: number,
): number {
  let [from, to] = [lower, upper];
  // The best point so far, the one before it, and the one before that.
  let best = from + GOLDEN * (to - from);
  let [second, third] = [best, best];
  let valueAtBest = f(best);
  let [valueAtSecond, valueAtThird] = [valueAtBest, valueAtBest];
  let step = 0;
  let stepBeforeLast = 0;
  for (let steps = 0; steps < MOST_STEPS; steps++) {
    const middle = 0.5 * (from + to);
    const tolerance = precision * (1 + Math.abs(best));
    if (Math.abs(best - middle) <= 2 * tolerance - 0.5 * (to - from)) break;
    const parabola = vertex(best, second, third, valueAtBest, valueAtSecond, valueAtThird);
    const isTaken =
      Math.abs(stepBeforeLast) > tolerance &&
      Math.abs(parabola) < Math.abs(0.5 * stepBeforeLast) &&
      best + parabola > from + tolerance &&
      best + parabola < to - tolerance;
    const rest = best < middle ? to - best : from - best;
    stepBeforeLast = isTaken ? step : rest;
    step = isTaken ? parabola : GOLDEN * rest;
    const next = best + (Math.abs(step) >= tolerance ? step : Math.sign(step) * tolerance);
    const value = f(next);
    if (value >= valueAtBest) {
      if (next >= best) from = best;
      else to = best;
      [third, valueAtThird] = [second, valueAtSecond];
      [second, valueAtSecond] = [best, valueAtBest];
      [best, valueAtBest] = [next, value];
      continue;
    }
    if (next < best) from = next;
    else to = next;
    if (value >= valueAtSecond || second === best) {
      [third, valueAtThird] = [second, valueAtSecond];
      [second, valueAtSecond] = [next, value];
    } else if (value >= valueAtThird || third === best || third === second) {
      [third, valueAtThird] = [next, value];
    }
  }
  return best;
}

/** From the best of three points to the top of the parabola through them; no number where they have none. */
function vertex(
  best: number,
  second: number,
  third: number,
  valueAtBest: number,
  valueAtSecond: number,
  valueAtThird: number,
): number {
  const r = (best - second) * (valueAtBest - valueAtThird);
  const q = (best - third) * (valueAtBest - valueAtSecond);
  return (0.5 * ((best - second) * r - (best - third) * q)) / (q - r);
}
