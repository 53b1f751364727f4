import { type MetricMeasure, summarySql, type SummarySqlOptions } from "microlift";
import { FIRST_DAY, READ_AT, type Tables } from "./generate.ts";

const DAYS = 7;
const FIRST_DAY_OF_COVARIATE = "2026-02-15";

const METRICS: readonly MetricMeasure[] = [
  { name: "bought", kind: "proportion", role: "macro", event: "purchase", attributionDays: DAYS },
  { name: "carted", kind: "proportion", role: "proxy", event: "add_to_cart", attributionDays: DAYS },
  {
    name: "revenue",
    kind: "mean",
    role: "secondary",
    event: "purchase",
    value: "amount",
    attributionDays: DAYS,
  },
  { name: "orders", kind: "count", role: "secondary", event: "purchase", attributionDays: DAYS },
];

/** Tables of events reach further back than tests: their rows from some day on. */
const eventsFrom = (day: string): SummarySqlOptions["source"] => ({
  exposures: { table: "exposures" },
  events: { table: "events", event: "name", where: [{ column: "at", from: day }] },
});

/** What is summarised: four metrics, a table of proxy × macro, and what was wrong with the rows. */
export const USUAL: Omit<SummarySqlOptions, "dialect"> = {
  source: eventsFrom(FIRST_DAY),
  unit: "user_id",
  arm: "variant",
  time: "at",
  control: "control",
  treatments: ["treatment"],
  metrics: METRICS,
  readAt: READ_AT,
};

/** The same with two segmentations, days, a covariate and a cap. */
export const RICH: Omit<SummarySqlOptions, "dialect"> = {
  ...USUAL,
  source: eventsFrom(FIRST_DAY_OF_COVARIATE),
  metrics: METRICS.map((metric) =>
    metric.name === "revenue"
      ? { ...metric, winsorized: { upperQuantile: 0.99 }, covariate: "before" }
      : metric,
  ),
  covariates: [{ name: "before", event: "purchase", value: "amount", days: 14 }],
  segmentations: [
    { name: "device", column: "device" },
    { name: "country", column: "country" },
  ],
  byDay: true,
};

/** Every experiment of a table at once. */
export const MANY: Omit<SummarySqlOptions, "dialect"> = { ...USUAL, experiment: "experiment" };

/** The views that statements name. */
export function viewsOf({ exposures, events }: Tables): string[] {
  return [
    `CREATE VIEW exposures AS SELECT * FROM '${exposures}'`,
    `CREATE VIEW events AS SELECT * FROM '${events}'`,
  ];
}

/**
 * What one would write by hand for `USUAL`: the same units, windows and numbers by arm, and nothing about the rows.
 *
 * Rows that it need not read are filtered out first, so that this is no straw man.
 */
export const BY_HAND = `
WITH assigned AS (
  SELECT user_id, MIN(variant) AS variant, MIN("at") AS entered
  FROM exposures
  WHERE user_id IS NOT NULL AND variant IN ('control', 'treatment') AND "at" <= '${READ_AT.slice(0, 19)}'
  GROUP BY user_id
  HAVING MIN(variant) = MAX(variant)
),
units AS (
  SELECT a.user_id, a.variant,
    COUNT(CASE WHEN e.name = 'purchase' THEN 1 END) AS orders,
    COUNT(CASE WHEN e.name = 'add_to_cart' THEN 1 END) AS carts,
    COALESCE(SUM(e.amount), 0) AS revenue
  FROM assigned AS a
  LEFT JOIN events AS e ON e.user_id = a.user_id AND e.name IN ('purchase', 'add_to_cart')
    AND e."at" >= a.entered AND e."at" < a.entered + INTERVAL ${DAYS} DAY
  WHERE a.entered <= CAST('${READ_AT.slice(0, 19)}' AS TIMESTAMP) - INTERVAL ${DAYS} DAY
  GROUP BY a.user_id, a.variant
)
SELECT variant, COUNT(*) AS n, COUNT(CASE WHEN orders > 0 THEN 1 END) AS bought,
  COUNT(CASE WHEN carts > 0 THEN 1 END) AS carted, COUNT(CASE WHEN orders > 0 AND carts > 0 THEN 1 END) AS both_of_them,
  AVG(revenue) AS revenue, VAR_SAMP(revenue) AS revenue_variance,
  SUM(orders) AS orders, VAR_SAMP(orders) AS orders_variance
FROM units
GROUP BY variant
ORDER BY variant`;

/** The statement that a name stands for. */
export function statementOf(name: string): string {
  if (name === "by hand") return BY_HAND;
  const options = { usual: USUAL, rich: RICH, many: MANY }[name];
  if (options === undefined) throw new Error(`no statement is called "${name}"`);
  return summarySql({ dialect: "duckdb", ...options });
}
