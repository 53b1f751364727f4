/** One of a thing for each arm. */
export interface EachArm<T> {
  readonly control: T;
  readonly treatment: T;
}

export const ARMS: readonly (keyof EachArm<unknown>)[] = ["control", "treatment"];
