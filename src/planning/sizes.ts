/** Units of each arm. */
export interface ArmUnits {
  readonly control: number;
  /** Units of each treatment arm. */
  readonly treatment: number;
}

/** Units per arm, and all together. */
export interface Sizes extends ArmUnits {
  /** Control and all treatments. */
  readonly total: number;
}

export function sizesOf(control: number, treatment: number, treatments: number): Sizes {
  return { control, treatment, total: control + treatments * treatment };
}
