import type { Warning } from "../core/warning.ts";
import type { ConversionPlace, ConversionType } from "./conversion-type.ts";
import { conversionType } from "./conversion-types.ts";
import type { MetricDefinition } from "./metric-definition.ts";

/** What the places of the metrics in the taxonomy of conversions say about the roles they are given. */
export function conversionCautions(metrics: readonly MetricDefinition[]): Warning[] {
  return metrics.flatMap((metric) => {
    const conversion = conversionOf(metric);
    return conversion === null ? [] : ofMetric(metric, conversion);
  });
}

/** A conversion with its sentences in the catalogue, or with its own place; null where the document is silent. */
function conversionOf({ conversion }: MetricDefinition): ConversionPlace | ConversionType | null {
  return typeof conversion === "string" ? conversionType(conversion) : (conversion ?? null);
}

function ofMetric({ name, role }: MetricDefinition, conversion: ConversionPlace | ConversionType): Warning[] {
  const { tier } = conversion;
  const warnings: Warning[] = [];
  if (role === "macro" && tier !== "macro") {
    warnings.push({
      code: "MACRO_NOT_THE_SALE",
      message: `"${name}" decides, and is a ${tier} conversion: what it gains need not reach the sale. As a proxy it would be held against the sale.`,
    });
  }
  if (role === "proxy" && tier === "nano") {
    warnings.push({
      code: "NANO_PROXY",
      message: `"${name}" is a nano conversion, which moves easily: without past tests it says little of the sale.`,
    });
  }
  if (role === "proxy" && "doesNotStandFor" in conversion && conversion.doesNotStandFor.length > 0) {
    warnings.push({
      code: "PROXY_CAN_MISLEAD",
      message: `How "${name}" can mislead: ${conversion.doesNotStandFor.join(" ")}`,
    });
  }
  return warnings;
}
