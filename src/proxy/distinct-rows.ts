import { DomainError } from "../core/domain-error.ts";
import type { EffectRow } from "./effect-row.ts";

/**
 * Refuses an experiment that is counted twice: the same name, or the same estimates bit for bit. Linear: rows are
 * compared where their hashes agree.
 */
export function checkDistinctRows(
  field: string,
  rows: readonly EffectRow[],
  effects: Float64Array,
  covariances: Float64Array,
): void {
  const names = new Map<string, number>();
  const rowsOfHash = new Map<number, number[]>();
  const [effectWords, covarianceWords] = [effects, covariances].map((table) => new Uint32Array(table.buffer));
  rows.forEach(({ name }, k) => {
    if (name !== undefined) {
      if (typeof name !== "string" || name === "") {
        throw new DomainError(`${field}[${k}].name`, name, "must be a name, where there is one");
      }
      const first = names.get(name);
      if (first !== undefined) {
        throw new DomainError(
          `${field}[${k}].name`,
          name,
          `must differ from the name of ${field}[${first}]: an experiment counts once`,
        );
      }
      names.set(name, k);
    }
    const hash = hashRow(covarianceWords!, rows.length, k, hashRow(effectWords!, rows.length, k, FNV_OFFSET));
    const alike = rowsOfHash.get(hash);
    if (alike === undefined) {
      rowsOfHash.set(hash, [k]);
      return;
    }
    for (const other of alike) {
      if (isSameRow(effects, rows.length, k, other) && isSameRow(covariances, rows.length, k, other)) {
        throw new DomainError(
          `${field}[${k}]`,
          name,
          `must differ from ${field}[${other}], whose effects and covariance are the same: an experiment counts once`,
        );
      }
    }
    alike.push(k);
  });
}

const FNV_OFFSET = 0x811c9dc5;
const FNV_PRIME = 0x01000193;

/** FNV-1a over the words of a row of a table, going on from `start`. */
function hashRow(words: Uint32Array, rows: number, k: number, start: number): number {
  const length = words.length / rows;
  let hash = start;
  for (let i = k * length; i < (k + 1) * length; i++) hash = Math.imul(hash ^ words[i]!, FNV_PRIME);
  return hash;
}

function isSameRow(table: Float64Array, rows: number, k: number, other: number): boolean {
  const length = table.length / rows;
  for (let i = 0; i < length; i++) {
    if (table[k * length + i] !== table[other * length + i]) return false;
  }
  return true;
}
