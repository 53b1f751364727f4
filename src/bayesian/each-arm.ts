/** One of a thing for each arm. */
export interface EachArm<T> {
  readonly control: T;
  readonly treatment: T;
}

export const ARMS: readonly (keyof EachArm<unknown>)[] = ["control", "treatment"];

/** One for each arm, checked, from one for both or one for each. */
export function checkedEachArm<Choice extends object | string, Checked>(
  field: string,
  choice: Choice | EachArm<Choice>,
  checked: (field: string, choice: Choice) => Checked,
): EachArm<Checked> {
  if (typeof choice === "object" && choice !== null && "control" in choice) {
    return {
      control: checked(`${field}.control`, choice.control),
      treatment: checked(`${field}.treatment`, choice.treatment),
    };
  }
  const both = checked(field, choice as Choice);
  return { control: both, treatment: both };
}
