/** Rows of numbers, of which there will be many, though nobody knows how many. */
export interface GrowingRows {
  /** Copies a row to the end. */
  readonly add: (row: Float64Array) => void;
  /** All rows so far, one after the other. */
  readonly toArray: () => Float64Array;
}

const FIRST_ROWS = 1024;

/** No rows yet, each of `width` numbers. */
export function growingRows(width: number): GrowingRows {
  let values = new Float64Array(FIRST_ROWS * width);
  let length = 0;
  return {
    add: (row) => {
      if (length + width > values.length) {
        const larger = new Float64Array(2 * values.length);
        larger.set(values);
        values = larger;
      }
      for (let i = 0; i < width; i++) values[length + i] = row[i]!;
      length += width;
    },
    toArray: () => values.slice(0, length),
  };
}
