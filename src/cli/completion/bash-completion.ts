import type { CompletedCommand, CompletedOption, Values } from "./completed.ts";

/** A completion script for bash from 3.2 on; names of files are left to bash. */
export function bashCompletion(
  program: string,
  commands: readonly CompletedCommand[],
  options: readonly CompletedOption[],
): string {
  const names = commands.map(({ name }) => name);
  return `# bash completion for ${program}. In ~/.bashrc:  eval "$(${program} completion bash)"
_${program}() {
  local current="\${COMP_WORDS[COMP_CWORD]}" before="\${COMP_WORDS[COMP_CWORD-1]}" command="" words="" i
  # bash takes --option=value for three words.
  if [[ $current == "=" ]]; then current=""
  elif [[ $before == "=" ]]; then before="\${COMP_WORDS[COMP_CWORD-2]}"
  fi
  for ((i = 1; i < COMP_CWORD; i++)); do
    case "\${COMP_WORDS[i]}" in ${names.join("|")}) command="\${COMP_WORDS[i]}"; break ;; esac
  done
  COMPREPLY=()
  case "$command $before" in
${valueCases(program, commands).join("\n")}
  esac
  case "$command" in
    "") words="${[...names, ...optionNames(options)].join(" ")}" ;;
${commands.map(wordsCase).join("\n")}
  esac
  _${program}_words "$words"
}
# Only these words, and no files where bash can be told so.
_${program}_words() {
  compopt +o default 2>/dev/null
  COMPREPLY=($(compgen -W "$1" -- "$current"))
}
complete -o default -F _${program} ${program}
`;
}

function optionNames(options: readonly CompletedOption[]): string[] {
  return options.flatMap(({ names }) => names);
}

/** What comes after an option that takes a value; options with the same answer share a case. */
function valueCases(program: string, commands: readonly CompletedCommand[]): string[] {
  const patterns = new Map<string, string[]>();
  for (const { name, options } of commands) {
    for (const { names, values } of options) {
      if (values === null) continue;
      const answer = reply(program, values);
      patterns.set(answer, [
        ...(patterns.get(answer) ?? []),
        ...names.map((option) => `"${name} ${option}"`),
      ]);
    }
  }
  return [...patterns].map(([answer, of]) => `    ${of.join("|")}) ${answer} ;;`);
}

function reply(program: string, values: Values): string {
  if (values === "file") return "return 0";
  return `_${program}_words "${values === "free" ? "" : values.join(" ")}"; return 0`;
}

/** What may stand where no option waits for its value. */
function wordsCase({ name, options, argument }: CompletedCommand): string {
  const known = typeof argument === "string" || argument === null ? [] : argument;
  const words = [...known, ...optionNames(options)].join(" ");
  const files = argument === "file" ? `[[ $current == -* ]] || return 0; ` : "";
  return `    ${name}) ${files}words="${words}" ;;`;
}
