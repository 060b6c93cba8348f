import { type CompletedCommand, withInner } from './tree.js';

/** A text between single quotes of fish. */
const quoted = (text: string): string => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;

/** Words as the argument of -a: those that begin with @ are found when they are wanted. */
function wordsText(words: readonly string[]): string {
  const found = words.map((word) => {
    if (word === '@runs') return '(__baldwin_runs run study)';
    if (word === '@studies') return '(__baldwin_runs study)';
    return word.startsWith('@folder=') ? `(__baldwin_folder ${word.slice('@folder='.length)})` : word;
  });
  return quoted(found.join(' '));
}

/** The first sentence of a description, for a line of a menu. */
const brief = (about: string): string => quoted(about.replace(/ ?\([^)]*\)/g, '').split(/[\n.;:]/)[0]!);

function linesOf({ path, commands, options, arguments: own }: CompletedCommand): string[] {
  // Where a run is named, other files are noise; a genome file may be scored, too.
  const isRunAlone = (own.includes('@runs') || own.includes('@studies')) && path !== 'score';
  const here = `complete -c baldwin -n ${quoted(`__baldwin_at ${quoted(path)}`)}`;
  return [
    ...commands.map(
      (inner) => `${here} -f -a ${quoted(inner.path.split(' ').at(-1)!)} -d ${brief(inner.about)}`,
    ),
    ...(own.length > 0 ? [`${here} ${isRunAlone ? '-f ' : ''}-a ${wordsText(own)}`] : []),
    ...options.map(({ flags, about, values, closed }) => {
      const names = flags.map((flag) =>
        flag.startsWith('--') ? `-l ${flag.slice(2)}` : `-s ${flag.slice(1)}`,
      );
      const following =
        values === undefined
          ? []
          : [closed ? '-x' : '-r', ...(values.length > 0 ? [`-a ${wordsText(values)}`] : [])];
      return [here, ...names, ...following, `-d ${brief(about)}`].join(' ');
    }),
  ];
}

export const fishScript = (program: CompletedCommand): string => {
  const commands = withInner(program);
  const paths = commands.map(({ path }) => quoted(path)).join(' ');
  const withValues = commands.flatMap(({ path, options }) =>
    options.flatMap(({ flags, values }) =>
      values === undefined ? [] : flags.map((flag) => quoted(`${path}:${flag}`)),
    ),
  );
  return `# Completion of baldwin in fish: baldwin completion fish | source
# Whether the command under way is this one.
function __baldwin_at
  set -l at ''
  set -l before ''
  for word in (commandline -opc)[2..-1]
    if contains -- "$at:$before" ${withValues.join(' ')}
      set before ''
      continue
    end
    set -l below (string trim -- "$at $word")
    if contains -- "$below" ${paths}
      set at "$below"
    end
    set before $word
  end
  test "$at" = "$argv[1]"
end

function __baldwin_runs
  set -l words (commandline -opc)
  set -l root runs
  if set -l i (contains -i -- --runs $words)
    set root $words[(math $i + 1)]
  end
  for kind in $argv
    find $root -mindepth 2 -maxdepth 2 -name $kind.json 2>/dev/null | string replace -r '.*/([^/]+)/[a-z]+\\.json$' '$1'
  end
end

function __baldwin_folder
  find $argv[1] -maxdepth 1 -name '*.json' 2>/dev/null | string replace -r '.*/([^/]+)\\.json$' '$1' | string match -v schema
end

${commands.flatMap(linesOf).join('\n')}
`;
};
