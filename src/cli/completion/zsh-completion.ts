import type { CompletedCommand, CompletedOption, Values } from "./completed.ts";

/** A completion script for zsh, to be evaluated or put into a folder of fpath. */
export function zshCompletion(
  program: string,
  commands: readonly CompletedCommand[],
  options: readonly CompletedOption[],
): string {
  return `#compdef ${program}
# zsh completion for ${program}. In ~/.zshrc, after compinit:  eval "$(${program} completion zsh)"
_${program}() {
  local context state line
  typeset -A opt_args
  local -a commands
  commands=(
${commands.map(({ name, description }) => `    ${quoted(`${name}:${description}`)}`).join("\n")}
  )
  _arguments -C ${[...options.flatMap(specs), "'1: :->command'", "'*:: :->argument'"].join(" ")}
  case $state in
    command) _describe command commands ;;
    argument)
      case $words[1] in
${commands.map(commandCase).join("\n")}
      esac ;;
  esac
}
if [[ $funcstack[1] == _${program} ]]; then _${program} "$@"; else compdef _${program} ${program}; fi
`;
}

function commandCase({ name, options, argument, isVariadic }: CompletedCommand): string {
  const place = isVariadic ? "*" : "1";
  const positional = argument === null ? [] : [quoted(`${place}: :${action(argument)}`)];
  const lines = [...options.flatMap(specs), ...positional].join(" \\\n          ");
  return `        ${name}) _arguments ${lines} ;;`;
}

/** An option as _arguments wants it, for each of its names. */
function specs({ names, description, values }: CompletedOption): string[] {
  const said = `[${description.replaceAll(/[[\]\\]/g, "\\$&")}]`;
  return names.map((name) => quoted(`${name}${said}${values === null ? "" : `: :${action(values)}`}`));
}

function action(values: Values): string {
  if (values === "file") return "_files";
  return values === "free" ? " " : `(${values.join(" ")})`;
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
