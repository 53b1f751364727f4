import type { CompletedCommand, CompletedOption, Values } from "./completed.ts";

/** A completion script for fish. */
export function fishCompletion(
  program: string,
  commands: readonly CompletedCommand[],
  options: readonly CompletedOption[],
): string {
  const complete = (words: readonly string[]): string => ["complete", "-c", program, ...words].join(" ");
  const lines = commands.flatMap(({ name, description, options: own, argument }) => {
    const here = ["-n", quoted(`__fish_seen_subcommand_from ${name}`)];
    return [
      ["-n", "__fish_use_subcommand", "-a", name, "-d", quoted(description)],
      ...own.map((option) => [...here, ...optionWords(option)]),
      ...(argument === null ? [] : [[...here, ...argumentWords(argument)]]),
    ];
  });
  const general = options.map((option) => ["-n", "__fish_use_subcommand", ...optionWords(option)]);
  return [
    `# fish completion for ${program}. In a shell:  ${program} completion fish > ~/.config/fish/completions/${program}.fish`,
    ...[["-f"], ...general, ...lines].map(complete),
    "",
  ].join("\n");
}

function optionWords({ names, description, values }: CompletedOption): string[] {
  const flags = names.flatMap((name) =>
    name.startsWith("--") ? ["-l", name.slice(2)] : ["-s", name.slice(1)],
  );
  return [...flags, ...(values === null ? [] : valueWords(values)), "-d", quoted(description)];
}

/** -r: a value must follow; -F: a file may; -x: a value, and no file. */
function valueWords(values: Values): string[] {
  if (values === "file") return ["-r", "-F"];
  return values === "free" ? ["-x"] : ["-x", "-a", quoted(values.join(" "))];
}

function argumentWords(values: Values): string[] {
  if (values === "file") return ["-F"];
  return values === "free" ? ["-f"] : ["-a", quoted(values.join(" "))];
}

function quoted(text: string): string {
  return `'${text.replaceAll(/['\\]/g, "\\$&")}'`;
}
