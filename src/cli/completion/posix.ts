import { type CompletedCommand, withInner } from './tree.js';

/** A text between single quotes of a shell. */
export const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;

const listed = (words: readonly string[]): string =>
  words.length === 0 ? ':' : `printf '%s\\n' ${words.map(quoted).join(' ')}`;

/** What stands where, by a key: what follows a command, its options, and the values of those. */
export function keyedWords(program: CompletedCommand): [keys: readonly string[], words: readonly string[]][] {
  return withInner(program).flatMap(({ path, commands, options, arguments: own }) => [
    [[`words:${path}`], [...commands.map((inner) => inner.path.split(' ').at(-1)!), ...own]],
    [[`options:${path}`], options.flatMap(({ flags }) => flags)],
    ...options.flatMap(({ flags, values }): [string[], readonly string[]][] =>
      values === undefined ? [] : [[flags.map((flag) => `value:${path}:${flag}`), values]],
    ),
  ]);
}

/**
 * Functions for bash and zsh. `_baldwin_candidates WORD… CURRENT` lists what the last of its words may become: the values of
 * the option before it, options where it begins with a dash, and otherwise commands and arguments.
 */
const functions = (program: CompletedCommand): string => `_baldwin_table() {
  case "$1" in
${keyedWords(program)
  .map(([keys, words]) => `    ${keys.map(quoted).join('|')}) ${listed(words)} ;;`)
  .join('\n')}
    *) return 1 ;;
  esac
}

_baldwin_found() {
  local word
  while IFS= read -r word; do
    case "$word" in
      @runs) find "$1" -mindepth 2 -maxdepth 2 \\( -name run.json -o -name study.json \\) 2>/dev/null | sed 's|/[a-z]*\\.json$||; s|.*/||' ;;
      @studies) find "$1" -mindepth 2 -maxdepth 2 -name study.json 2>/dev/null | sed 's|/study\\.json$||; s|.*/||' ;;
      @folder=*) find "\${word#@folder=}" -maxdepth 1 -name '*.json' 2>/dev/null | sed 's|.*/||; s|\\.json$||' | grep -v '^schema$' ;;
      *) printf '%s\\n' "$word" ;;
    esac
  done | sort -u
}

_baldwin_candidates() {
  if [ -n "\${ZSH_VERSION-}" ]; then emulate -L sh; fi
  local at='' before='' runs=runs
  while [ $# -gt 1 ]; do
    if _baldwin_table "value:$at:$before" >/dev/null; then
      if [ "$before" = --runs ]; then runs=$1; fi
      before=''
    else
      if _baldwin_table "words:\${at:+$at }$1" >/dev/null; then at="\${at:+$at }$1"; fi
      before=$1
    fi
    shift
  done
  if _baldwin_table "value:$at:$before" >/dev/null; then _baldwin_table "value:$at:$before"
  else
    case "$1" in
      -*) _baldwin_table "options:$at" ;;
      *) _baldwin_table "words:$at" ;;
    esac
  fi | _baldwin_found "$runs"
}
`;

export const bashScript = (
  program: CompletedCommand,
): string => `# Completion of baldwin in bash: source <(baldwin completion bash)
${functions(program)}
_baldwin() {
  local IFS=$'\\n' current=\${COMP_WORDS[COMP_CWORD]}
  COMPREPLY=($(compgen -W "$(_baldwin_candidates "\${COMP_WORDS[@]:1:COMP_CWORD}")" -- "$current"))
}

# Where nothing fits, files do.
complete -o default -F _baldwin baldwin
`;

export const zshScript = (program: CompletedCommand): string => `#compdef baldwin
# Completion of baldwin in zsh: source <(baldwin completion zsh), or this file as _baldwin in a folder of $fpath
${functions(program)}
_baldwin() {
  local -a found
  found=("\${(@f)$(_baldwin_candidates "\${(@)words[2,CURRENT]}")}")
  # Where nothing fits, files do.
  compadd -a found || _files
}

if [ "\${funcstack[1]-}" = _baldwin ]; then _baldwin "$@"; else compdef _baldwin baldwin; fi
`;
