const MOST_TICKS = 10;

/** Ticks at whole numbers between two of them, at most ten, a round number apart: 1, 2, 5, 7 (weeks of days), 10 … */
export function wholeTicks(first: number, last: number): number[] {
  const steps = [1, 2, 5, 7, 14, 28, 50, 100];
  const step =
    steps.find((width) => (last - first) / width < MOST_TICKS) ??
    Math.ceil((last - first) / (MOST_TICKS - 1));
  const ticks = [];
  for (let tick = first; tick <= last; tick += step) ticks.push(tick);
  return ticks;
}
