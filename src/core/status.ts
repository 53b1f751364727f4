/**
 * Whether a quantity could be determined: `ok`; `unbounded` where the data leave an end open or the answer is
 * infinite; `undetermined` where it cannot be known (a warning beside it says why).
 */
export type Status = "ok" | "unbounded" | "undetermined";
