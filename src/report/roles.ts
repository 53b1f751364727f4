import type { MetricRole } from "../core/metric-role.ts";

/** What a metric is there for, in the cell of a table. */
export const ROLES: Readonly<Record<MetricRole, string>> = {
  macro: "decides",
  proxy: "proxy",
  guardrail: "guardrail",
  secondary: "looked at",
};
