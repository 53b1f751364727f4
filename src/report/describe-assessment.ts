import type { ProxyAssessment } from "../proxy/assess-proxy.ts";
import type { Block } from "./block.ts";
import { DEFAULT_LABELS, type Labels } from "./labels.ts";

export function describeAssessment(result: ProxyAssessment): Block[] {
  return assessmentBlocks(result, DEFAULT_LABELS);
}
export function assessmentBlocks(_: ProxyAssessment, __: Labels): Block[] {
  return [];
}
