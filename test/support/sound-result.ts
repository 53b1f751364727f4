import { DomainError } from "../../src/core/domain-error.ts";

/** What is wrong with an answer that any public function gave; null where it keeps the promises of the library. */
export function faultOf(value: unknown, path = "result"): string | null {
  if (typeof value === "number") return Number.isNaN(value) ? `${path} is NaN` : null;
  // A typed column has no null, and NaN stands for one.
  if (typeof value !== "object" || value === null || ArrayBuffer.isView(value)) return null;
  const own = faultOfObject(value as Record<string, unknown>, path);
  if (own !== null) return own;
  for (const [key, part] of Object.entries(value)) {
    const fault = faultOf(part, `${path}.${key}`);
    if (fault !== null) return fault;
  }
  return null;
}

/** What a field promises by its name. */
const PROBABILITY = /^(probability\w*|power|accuracy\w*|typeIError|pValue|\w+PValue)$/;
const LOG_PROBABILITY = /^log(\w*PValue|Probability\w*)$|LogPValue$/;
/** Logs of the same number taken along two ways agree to this, relatively to the number. */
const ROUNDING = 1e-9;

function faultOfObject(value: Record<string, unknown>, path: string): string | null {
  const { lower, upper, estimate, interval, status } = value;
  if ("confidenceLevel" in value && typeof lower === "number" && typeof upper === "number") {
    // A one-sided interval at a level below one half may end beyond the estimate, never beyond its open end.
    if (lower > upper) return `${path} runs from ${lower} to ${upper}`;
  }
  for (const [key, part] of Object.entries(value)) {
    if (typeof part !== "number") continue;
    if (LOG_PROBABILITY.test(key)) {
      if (part > 0) return `${path}.${key} is ${part}`;
    } else if (PROBABILITY.test(key) && !(part >= 0 && part <= 1)) return `${path}.${key} is ${part}`;
  }
  if (estimate === null && status !== "undetermined")
    return `${path} has no estimate, and is ${String(status)}`;
  // The running intersection of intervals of a watched test may leave the latest estimate behind.
  const isRunning = path.includes(".sequential.");
  // The mean of a point of mass at 0 and a few large effects lies beyond quantiles that are 0.
  const hasPoint = typeof value["probabilityOfNoEffect"] === "number" && value["probabilityOfNoEffect"] > 0;
  // So does the mean of slopes over the few nodes of a covariance that is given, most of them without correlation.
  const isOverNodes = path.includes(".acrossExperiments.");
  const isInterval = typeof interval === "object" && interval !== null;
  if (typeof estimate === "number" && isInterval && !isRunning && !hasPoint && !isOverNodes) {
    const fault = faultOfPlace(estimate, interval as Record<string, unknown>);
    if (fault !== null) return `${path}: ${fault}`;
  }
  return faultOfPValues(value, path);
}

function faultOfPlace(
  estimate: number,
  { lower, upper, confidenceLevel }: Record<string, unknown>,
): string | null {
  // A mean over a posterior may lie beyond its quantiles, and bounds at a level below one half leave the estimate out.
  if (typeof confidenceLevel !== "number" || confidenceLevel < 0.5) return null;
  if (typeof lower !== "number" || typeof upper !== "number") return null;
  // Doubles next to 0 have no digits to lose.
  const slack = Number.isFinite(estimate) ? ROUNDING * Math.abs(estimate) + 1e-300 : 0;
  const isInside = lower <= estimate + slack && estimate - slack <= upper;
  return isInside ? null : `${estimate} lies outside its interval from ${lower} to ${upper}`;
}

/** A p-value and its log say the same. */
function faultOfPValues({ pValue, logPValue }: Record<string, unknown>, path: string): string | null {
  if (typeof pValue !== "number" || typeof logPValue !== "number") return null;
  if (pValue === 0 || pValue < 1e-300)
    return logPValue < -690 ? null : `${path}.logPValue is ${logPValue}, not of 0`;
  const difference = Math.abs(Math.log(pValue) - logPValue);
  return difference <= ROUNDING * Math.max(1, Math.abs(logPValue))
    ? null
    : `${path}.pValue is ${pValue}, and its log ${logPValue}`;
}

/** Calls a function: what is wrong with its answer, or with its complaint; null where both are as promised. */
export function faultOfCall(call: () => unknown): string | null {
  try {
    return faultOf(call());
  } catch (error) {
    return error instanceof DomainError ? faultOfComplaint(error) : `threw ${String(error)}`;
  }
}

/** What is wrong with a complaint; null where it names a field and says what was expected of it. */
export function faultOfComplaint({ field, expected, message }: DomainError): string | null {
  if (field === "") return "complained about no field";
  return expected !== "" && message.includes(expected) ? null : `did not say what was expected: ${message}`;
}
