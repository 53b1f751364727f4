import { DomainError } from "../core/domain-error.ts";
import type { JointCounts } from "../summaries/joint-counts.ts";
import type { EffectRow } from "./effect-row.ts";
import type { EffectCluster } from "./effect-table.ts";
import { copySymmetric, isPositiveDefinite, ROUNDING } from "./sampling-matrix.ts";

/** The groups of two or more experiments that share a control, in the order of their first members. */
export function effectClusters(
  field: string,
  rows: readonly EffectRow[],
  covariances: Float64Array,
): EffectCluster[] {
  const members = new Map<string, number[]>();
  rows.forEach(({ cluster }, k) => {
    if (cluster === undefined) return;
    if (typeof cluster !== "string" || cluster === "") {
      throw new DomainError(`${field}[${k}].cluster`, cluster, "must be a name, where there is one");
    }
    const group = members.get(cluster);
    if (group === undefined) members.set(cluster, [k]);
    else group.push(k);
  });
  return [...members.values()]
    .filter((group) => group.length > 1)
    .map((group) => ({ members: group, shared: sharedCovariance(field, rows, group, covariances) }));
}

/** The control's covariance, on which all members must agree, and which must leave each treatment a variance. */
function sharedCovariance(
  field: string,
  rows: readonly EffectRow[],
  group: readonly number[],
  covariances: Float64Array,
): Float64Array {
  const first = group[0]!;
  const size = rows[first]!.effects.length;
  const length = size * size;
  const scratch = new Float64Array(length);
  const shared = new Float64Array(length);
  const own = new Float64Array(length);
  const rest = new Float64Array(length);
  for (const k of group) {
    const { controlCovariance, control } = rows[k]!;
    const path = `${field}[${k}].${control === undefined ? "controlCovariance" : "control"}`;
    if (controlCovariance === undefined) {
      throw new DomainError(
        path,
        controlCovariance,
        `must be given where experiments share a control, as ${field}[${group.find((l) => l !== k)!}] does`,
      );
    }
    copySymmetric(path, controlCovariance, size, own);
    if (k === first) shared.set(own);
    const firstControl = rows[first]!.control;
    const isSame =
      control !== undefined && firstControl !== undefined
        ? isSameTable(control, firstControl)
        : isClose(own, shared, size);
    if (!isSame) {
      throw new DomainError(
        path,
        control ?? controlCovariance,
        `must be that of ${field}[${first}], with which it shares a cluster`,
      );
    }
    for (let i = 0; i < length; i++) rest[i] = covariances[k * length + i]! - own[i]!;
    if (!isPositiveDefinite(rest, size, scratch)) {
      throw new DomainError(
        path,
        control ?? controlCovariance,
        "must leave the treatment a positive definite part of the covariance",
      );
    }
    // A control that hardly varies may have a variance of 0, so the covariance need be definite only up to rounding.
    for (let i = 0; i < length; i++) rest[i] = own[i]!;
    for (let i = 0; i < size; i++) rest[i * size + i]! += ROUNDING * covariances[k * length + i * size + i]!;
    if (!isPositiveDefinite(rest, size, scratch)) {
      throw new DomainError(path, control ?? controlCovariance, "must be positive semidefinite");
    }
  }
  return shared;
}

function isSameTable(a: JointCounts, b: JointCounts): boolean {
  return (
    a.neither === b.neither && a.macroOnly === b.macroOnly && a.microOnly === b.microOnly && a.both === b.both
  );
}

/** Whether two covariances agree to rounding, entry by entry in units of their standard deviations. */
function isClose(a: Float64Array, b: Float64Array, size: number): boolean {
  return a.every((entry, at) => {
    const i = Math.floor(at / size) * (size + 1);
    const j = (at % size) * (size + 1);
    return Math.abs(entry - b[at]!) <= ROUNDING * Math.sqrt(Math.abs(b[i]! * b[j]!));
  });
}
