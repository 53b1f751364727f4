import type { Verdict } from "../block.ts";

// Shapes that differ without colour, on a field of 24 × 24. The words beside them say the same.
const SHAPES: Readonly<Record<Verdict, string>> = {
  go: '<circle cx="12" cy="12" r="11"/><path class="sign" d="M6.5 12.5l4 4 7.5-8.5"/>',
  stop: '<path d="M7.5 1h9L23 7.5v9L16.5 23h-9L1 16.5v-9z"/><path class="sign" d="M8 8l8 8M16 8l-8 8"/>',
  wait: '<rect x="1" y="1" width="22" height="22" rx="4"/><path class="sign" d="M12 6v6.5l4.5 3"/>',
  unclear:
    '<path d="M12 .5L23.5 12 12 23.5.5 12z"/><path class="sign" d="M9 9.5a3 3 0 1 1 3.8 2.9c-.6.2-.8.6-.8 1.6M12 17v.6"/>',
  caution: '<path d="M12 1.5L23.5 22H.5z"/><path class="sign" d="M12 8.5v6M12 17.8v.6"/>',
};

/** The shape of a verdict, for the eye alone. */
export function verdictMark(verdict: Verdict | undefined): string {
  if (verdict === undefined) return "";
  return `<svg class="mark ${verdict}" width="24" height="24" viewBox="0 0 24 24" fill="currentColor" aria-hidden="true">${SHAPES[verdict]}</svg>`;
}
