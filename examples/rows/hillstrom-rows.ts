import { readFileSync } from "node:fs";

/** A customer of the e-mail test, under the names of the published columns. */
export interface Customer {
  readonly history: number;
  readonly channel: string;
  readonly segment: string;
  readonly visit: 0 | 1;
  readonly conversion: 0 | 1;
  readonly spend: number;
}

interface ChannelSums {
  readonly name: string;
  readonly n: number;
  readonly visits: number;
  readonly conversions: number;
  readonly spend: number;
  readonly spendSquared: number;
}

interface HistorySums {
  readonly sum: number;
  readonly sumOfSquares: number;
  readonly ofVisitors: number;
  readonly ofBuyers: number;
  readonly timesSpend: number;
}

interface ArmSums {
  readonly name: string;
  readonly channels: readonly ChannelSums[];
  readonly history: HistorySums;
}

/**
 * Rows that nobody of was a customer, and that have the sums of the real ones: of each arm and channel the customers,
 * visits, purchases and both moments of what was spent; of each arm the moments of the spend of the year before, and
 * its covariances with visit, purchase and spend.
 */
export function hillstromRows(): Customer[] {
  const sums = new URL("hillstrom-sums.json", import.meta.url);
  const { arms } = JSON.parse(readFileSync(sums, "utf8")) as { arms: ArmSums[] };
  return arms.flatMap(customersOf);
}

function customersOf({ name: segment, channels, history }: ArmSums): Customer[] {
  // Every buyer visited.
  const buyers = channels.flatMap(({ name: channel, conversions, spend, spendSquared }) =>
    valuesOfTwoSizes(conversions, spend, spendSquared).map((spent) => {
      return { channel, segment, visit: 1, conversion: 1, spend: spent } as const;
    }),
  );
  const visitors = channels.flatMap(({ name: channel, visits, conversions }) =>
    Array.from({ length: visits - conversions }, () => {
      return { channel, segment, visit: 1, conversion: 0, spend: 0 } as const;
    }),
  );
  const others = channels.flatMap(({ name: channel, n, visits }) =>
    Array.from({ length: n - visits }, () => {
      return { channel, segment, visit: 0, conversion: 0, spend: 0 } as const;
    }),
  );
  // Buyers lie on the line that has their covariance, other visitors at their mean; the rest brings what is missing.
  const ofBuyers = valuesOnLine(
    buyers.map(({ spend }) => spend),
    history.ofBuyers,
    history.timesSpend,
  );
  const ofVisitors = visitors.map(() => (history.ofVisitors - history.ofBuyers) / visitors.length);
  const known = [...ofBuyers, ...ofVisitors].reduce((sum, value) => sum + value ** 2, 0);
  const ofOthers = valuesOfTwoSizes(
    others.length,
    history.sum - history.ofVisitors,
    history.sumOfSquares - known,
  );
  const before = [...ofBuyers, ...ofVisitors, ...ofOthers];
  return [...buyers, ...visitors, ...others].map((customer, i) => ({ history: before[i]!, ...customer }));
}

/** So many values with this sum and this sum of squares: three in ten are large, the others small and alike. */
function valuesOfTwoSizes(count: number, sum: number, sumOfSquares: number): number[] {
  const mean = sum / count;
  const deviation = Math.sqrt(sumOfSquares / count - mean ** 2);
  const large = Math.round(0.3 * count);
  const odds = Math.sqrt(large / (count - large));
  return Array.from({ length: count }, (_, i) =>
    i < large ? mean + deviation / odds : mean - deviation * odds,
  );
}

/** Values on a line over others, with this sum and this sum of products with them. */
function valuesOnLine(others: readonly number[], sum: number, sumOfProducts: number): number[] {
  const [mean, otherMean] = [sum / others.length, others.reduce((a, b) => a + b, 0) / others.length];
  const squares = others.reduce((total, other) => total + (other - otherMean) ** 2, 0);
  const slope = (sumOfProducts - sum * otherMean) / squares;
  return others.map((other) => mean + slope * (other - otherMean));
}
