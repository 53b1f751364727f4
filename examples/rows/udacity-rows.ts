import { readFileSync } from "node:fs";

/** Something a visitor of the course site did. */
export interface SiteEvent {
  readonly visitor: string;
  readonly event: "click" | "enrollment" | "payment";
  /** In UTC. */
  readonly at: string;
  /** Of clicks, which are the exposures. */
  readonly arm: "control" | "screener" | null;
}

/** Clicks, and of days whose outcomes are final enrollments and payments. */
type Totals = readonly [number] | readonly [number, number, number];

interface DayTotals {
  readonly day: number;
  readonly control: Totals;
  readonly screener: Totals;
}

const FIRST_MIDNIGHT = Date.UTC(2014, 9, 11);
const [HOUR, DAY] = [3_600_000, 86_400_000];

/**
 * Events with the totals of the real test: of each day and arm the clicks, and of the first 23 days the enrollments and
 * payments that came of them. Clicks are spread over their day; the hours until an enrollment or a payment, within the
 * fourteen days, are made up. Nobody pays without having enrolled.
 */
export function udacityRows(): SiteEvent[] {
  const totals = new URL("udacity-days.json", import.meta.url);
  const { days } = JSON.parse(readFileSync(totals, "utf8")) as { days: DayTotals[] };
  return days.flatMap(({ day, control, screener }) => [
    ...eventsOf(day, "control", control),
    ...eventsOf(day, "screener", screener),
  ]);
}

function eventsOf(day: number, arm: "control" | "screener", totals: Totals): SiteEvent[] {
  const [clicks, enrollments = 0, payments = 0] = totals;
  return Array.from({ length: clicks }, (_, i) => {
    const visitor = `${arm}-${day}-${i + 1}`;
    const clicked = FIRST_MIDNIGHT + (day - 1) * DAY + Math.round(((i + 0.5) / clicks) * DAY);
    const enrolled = clicked + (1 + (i % 40)) * HOUR;
    const paid = clicked + 13 * DAY + (i % 24) * HOUR;
    const at = (moment: number): string => new Date(moment).toISOString();
    return [
      { visitor, event: "click", at: at(clicked), arm } as const,
      ...(i < enrollments ? [{ visitor, event: "enrollment", at: at(enrolled), arm: null } as const] : []),
      ...(i < payments ? [{ visitor, event: "payment", at: at(paid), arm: null } as const] : []),
    ];
  }).flat();
}
