/** Wrong input that no public function sees: a file that is missing, a name that does not exist. Exit code 1. */
export class CliError extends Error {
  constructor(message: string) {
    super(message);
    this.name = "CliError";
  }
}
