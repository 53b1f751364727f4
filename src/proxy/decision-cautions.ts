import type { Warning } from "../core/warning.ts";
import type { DecisionReading } from "./decision-reading.ts";
import type { TargetReading } from "./decision-target.ts";
import type { CompleteEffectNode } from "./effect-covariance.ts";

/** What to mind about a decision speedup. */
export function decisionCautions(
  nodes: readonly CompleteEffectNode[],
  rho: number,
  { speedupProxy, rule }: Pick<DecisionReading, "speedupProxy" | "rule">,
  target: TargetReading | null,
): Warning[] {
  const found: Warning[] = [];
  if (rho < 0) {
    found.push({
      code: "WRONG_SIGN",
      message: `True effects on proxy and macro metric run against each other (rho = ${Number(rho.toPrecision(2))}): the proxy earns no speedup.`,
    });
  }
  if (rho === 0) {
    found.push({
      code: "VANITY_PROXY",
      message:
        "True effects on the proxy say nothing about the macro metric (rho = 0): the proxy decides nothing.",
    });
  }
  if (nodes.every((node) => Math.abs(node.rho) === 1)) {
    found.push({
      code: "CERTAIN_TRANSMISSION",
      message:
        "rho = ±1 says that every effect on the proxy passes on in full; no history of experiments shows that.",
    });
  }
  if (rho > 0 && speedupProxy !== null && speedupProxy < 1) {
    found.push({
      code: "PROXY_DECIDES_WORSE",
      message: "At this n the macro metric of the same units decides better than the proxy does.",
    });
  }
  if (target?.nProxy === Infinity) {
    found.push({
      code: "TARGET_BEYOND_CEILING",
      message: `No number of units lets the proxy decide rightly with probability ${target.accuracy}.`,
    });
  }
  if (rule.kind === "sign" && nodes.some(({ meanProxy, meanMacro }) => meanProxy !== 0 || meanMacro !== 0)) {
    found.push({
      code: "SIGN_RULE_IGNORES_MEANS",
      message:
        "Changes do not average 0, which the sign rule leaves unused; the rule posterior-mean uses it.",
    });
  }
  return found;
}
