/**
 * What a metric decides: the `macro` metric ships, a `proxy` stands in for it, a `guardrail` must not be harmed, a
 * `secondary` metric is looked at without a say.
 */
export type MetricRole = "macro" | "proxy" | "guardrail" | "secondary";

export const METRIC_ROLES: readonly MetricRole[] = ["macro", "proxy", "guardrail", "secondary"];
