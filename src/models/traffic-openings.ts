import type { Traffic } from "./traffic.ts";

/** From a day on, a further share of the traffic is let in. */
export interface Opening {
  readonly day: number;
  /** What is added to the share let in before; below 0 where less is let in. */
  readonly added: number;
  /** The share let in from here on. */
  readonly share: number;
}

const ALL_AT_ONCE: readonly Opening[] = [{ day: 0, added: 1, share: 1 }];

export function trafficOpenings({ rampUp }: Traffic): readonly Opening[] {
  if (rampUp === undefined) return ALL_AT_ONCE;
  const openings: Opening[] = [];
  let day = 0;
  for (const { days, share } of [...rampUp, { days: Infinity, share: 1 }]) {
    if (days > 0) {
      openings.push({ day, added: share - (openings.at(-1)?.share ?? 0), share });
      day += days;
    }
  }
  return openings;
}
