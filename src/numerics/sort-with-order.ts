/** Values in ascending order, and where each stood before. */
export interface SortedWithOrder {
  readonly sorted: Float64Array;
  /** `order[rank]` is the place in the list given. */
  readonly order: Uint32Array;
}

// Digits of 11 bits: six passes over a double, and a table of counts that stays in the nearest cache.
const DIGIT = 11;
const DIGITS_PER_WORD = 3;
const SIZE = 2 ** DIGIT;
const MASK = SIZE - 1;

/** Below, the six tables of counts cost more than comparing does. */
const RADIX_FROM = 1000;

/**
 * Sorts numbers, and keeps track of their places. O(n): doubles of one sign stand in the order of their bits, so that
 * long lists are sorted by radix, about as fast as a typed array sorts without the places.
 */
export function sortWithOrder(values: ArrayLike<number>): SortedWithOrder {
  return values.length < RADIX_FROM ? byComparison(values) : byRadix(values);
}

function byComparison(values: ArrayLike<number>): SortedWithOrder {
  const n = values.length;
  const order = new Uint32Array(n);
  for (let i = 0; i < n; i++) order[i] = i;
  order.sort((i, j) => values[i]! - values[j]!);
  const sorted = new Float64Array(n);
  for (let rank = 0; rank < n; rank++) sorted[rank] = values[order[rank]!]!;
  return { sorted, order };
}

function byRadix(values: ArrayLike<number>): SortedWithOrder {
  const n = values.length;
  let from = { values: new Float64Array(n), order: new Uint32Array(n) };
  let to = { values: new Float64Array(n), order: new Uint32Array(n) };
  for (let i = 0; i < n; i++) {
    from.values[i] = values[i]! + 0; // −0 becomes 0, whose bits are the smallest.
    from.order[i] = i;
  }
  for (let digit = 0; digit < 2 * DIGITS_PER_WORD; digit++) {
    const words = new Uint32Array(from.values.buffer);
    // The lower word holds the first three digits.
    const word = digit < DIGITS_PER_WORD === IS_LITTLE_ENDIAN ? 0 : 1;
    const shift = DIGIT * (digit % DIGITS_PER_WORD);
    const next = startsOf(words, word, shift, n);
    if (next === null) continue;
    for (let i = 0; i < n; i++) {
      const place = next[(words[2 * i + word]! >>> shift) & MASK]!++;
      to.values[place] = from.values[i]!;
      to.order[place] = from.order[i]!;
    }
    [from, to] = [to, from];
  }
  return negativesFirst(from.values, from.order);
}

/** By their bits negative numbers come last, and in descending order. */
function negativesFirst(values: Float64Array, order: Uint32Array): SortedWithOrder {
  const split = values.findIndex((value) => value < 0);
  if (split < 0) return { sorted: values, order };
  const negatives = values.subarray(split).toReversed();
  const places = order.subarray(split).toReversed();
  values.copyWithin(negatives.length, 0, split);
  order.copyWithin(negatives.length, 0, split);
  values.set(negatives);
  order.set(places);
  return { sorted: values, order };
}

/** Where the values with each digit begin; null where all have the same digit. */
function startsOf(words: Uint32Array, word: number, shift: number, n: number): Uint32Array | null {
  const starts = new Uint32Array(SIZE);
  for (let i = 0; i < n; i++) starts[(words[2 * i + word]! >>> shift) & MASK]!++;
  let sum = 0;
  for (let digit = 0; digit < SIZE; digit++) {
    const count = starts[digit]!;
    if (count === n) return null;
    starts[digit] = sum;
    sum += count;
  }
  return starts;
}

const IS_LITTLE_ENDIAN = /* @__PURE__ */ isLittleEndian();

function isLittleEndian(): boolean {
  return new Uint8Array(new Uint32Array([1]).buffer)[0] === 1;
}
