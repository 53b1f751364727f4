export { beta } from "./beta.ts";
export { binomial } from "./binomial.ts";
export { bivariateNormal } from "./bivariate-normal.ts";
export { chiSquared } from "./chi-squared.ts";
export { gamma } from "./gamma.ts";
export { normal } from "./normal.ts";
export { studentT } from "./student-t.ts";
export type { Random } from "./random.ts";
export { createRandom } from "./random.ts";
