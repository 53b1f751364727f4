/** ln 2 in two parts; the first has 33 bits, so that its product with a double's exponent is exact. */
export const LN2_HIGH: number = 0x162e42fef * 2 ** -33;
export const LN2_LOW: number = 7.440617110012397e-11;
