import { jointN, macroProportion, microProportion } from "../summaries/joint-counts.ts";
import type { ArmData, ArmJointCounts } from "./experiment-data.ts";
import { duplicateFaults, type Fault, type Path } from "./fault.ts";
import type { MetricDefinition } from "./metric-definition.ts";
import { isNested, type MetricIndex } from "./metric-index.ts";
import { missingFaults, resultListFaults } from "./result-faults.ts";

/**
 * Faults of what one arm showed.
 *
 * @param needed - metrics that must be there; all of them unless said
 */
export function armFaults(
  arm: ArmData,
  index: MetricIndex,
  at: Path,
  needed: readonly MetricDefinition[] = index.all,
): Fault[] {
  return [
    ...resultListFaults(arm, index, at),
    ...missingFaults(arm, needed, at),
    ...jointFaults(arm, index, at),
  ];
}

function jointFaults(arm: ArmData, index: MetricIndex, at: Path): Fault[] {
  const tables = arm.jointCounts ?? [];
  const faults = duplicateFaults(
    tables.map((table) => table.micro),
    (i) => [...at, "jointCounts", i, "micro"],
  );
  const { macro } = index;
  tables.forEach((table, i) => {
    const path = [...at, "jointCounts", i];
    const micro = index.byName.get(table.micro);
    if (micro?.kind !== "proportion" || macro?.kind !== "proportion") {
      faults.push({
        path: [...path, "micro"],
        message: "must name a proportion, beside a macro metric that is one",
      });
      return;
    }
    faults.push(...marginFaults(arm, table, micro.name, macro.name).map((message) => ({ path, message })));
    if (isNested(micro, index) && table.macroOnly > 0) {
      faults.push({
        path: [...path, "macroOnly"],
        message: `must be 0: "${micro.name}" is said to be nested`,
      });
    }
  });
  return faults;
}

// A table counts the units whose macro conversion is final. The proxy may have matured on more of them, and then its
// own counts hold the table's.
function marginFaults(arm: ArmData, table: ArmJointCounts, micro: string, macro: string): string[] {
  const n = jointN(table);
  return [
    { name: macro, counted: macroProportion(table).conversions, mayExceed: false },
    { name: micro, counted: microProportion(table).conversions, mayExceed: true },
  ].flatMap(({ name, counted, mayExceed }) => {
    const result = arm.results.find((candidate) => candidate.metric === name);
    if (result?.conversions === undefined) return [];
    const reported = result.n ?? arm.n;
    if (mayExceed && n < reported && counted <= result.conversions) return [];
    if (n !== reported) return [`must count as many units as "${name}": ${n} against ${reported}`];
    if (counted === result.conversions) return [];
    return [`must add up to "${name}": ${counted} conversions against ${result.conversions}`];
  });
}
