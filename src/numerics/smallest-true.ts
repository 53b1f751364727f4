/**
 * The smallest whole number from `lowest` to `highest` where a condition holds that, once true, stays true; it is taken
 * to hold at `highest`. Steps that double from the guess find a bracket, halving closes in.
 */
export function smallestTrue(
  isTrue: (k: number) => boolean,
  guess: number,
  lowest: number,
  highest: number,
): number {
  let upper = Math.min(highest, Math.max(lowest, Math.floor(guess)));
  let lower = upper;
  let step = 1;
  if (upper === highest || isTrue(upper)) {
    do {
      upper = lower;
      lower = Math.max(lowest - 1, lower - step);
      step *= 2;
    } while (lower >= lowest && isTrue(lower));
  } else {
    do {
      lower = upper;
      upper = Math.min(highest, upper + step);
      step *= 2;
    } while (upper < highest && !isTrue(upper));
  }
  while (upper - lower > 1) {
    const middle = lower + Math.floor((upper - lower) / 2);
    if (isTrue(middle)) upper = middle;
    else lower = middle;
  }
  return upper;
}
