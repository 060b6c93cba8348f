import * as nodeModule from 'node:module';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { UsageError } from '../errors.js';

/** What a user's module may import by name, as the program that is running has it: as source, or built beside this file. */
const fromSource = import.meta.url.endsWith('.ts');
const programUrls: Readonly<Record<string, string>> = Object.fromEntries(
  (
    [
      ['baldwin', 'index'],
      ['baldwin/testing', 'testing'],
    ] as const
  ).map(([name, file]) => [
    name,
    new URL(fromSource ? `../../${file}.ts` : `./${file}.js`, import.meta.url).href,
  ]),
);

/** A resolver of its own thread, for versions of Node that have no other kind. */
const resolver = `
let urls = {};
export async function initialize(data) { urls = data; }
export async function resolve(specifier, context, next) {
  if (Object.hasOwn(urls, specifier)) return { url: urls[specifier], shortCircuit: true };
  const found = await next(specifier, context);
  const state = /\\?sha256=[0-9a-f]+$/.exec(context.parentURL ?? '');
  return state && /^(\\.|\\/|file:)/.test(specifier) ? { ...found, url: found.url + state[0] } : found;
}`;

interface Resolved {
  url: string;
  shortCircuit?: boolean;
}

interface Hooks {
  registerHooks?(hooks: {
    resolve(
      specifier: string,
      context: { parentURL?: string },
      next: (specifier: string, context: object) => Resolved,
    ): Resolved;
  }): void;
  register(specifier: string, options: { data: unknown }): void;
}

let exposed = false;

/** From here on `import … from 'baldwin'` is this program, wherever it is installed. */
function exposeProgram(): void {
  if (exposed) return;
  exposed = true;
  const { registerHooks, register } = nodeModule as unknown as Hooks;
  if (registerHooks) {
    registerHooks({
      resolve: (specifier, context, next) => {
        if (Object.hasOwn(programUrls, specifier))
          return { url: programUrls[specifier]!, shortCircuit: true };
        const found = next(specifier, context);
        // What a module imports is of the same state as the module: an edited helper is another address.
        const state = /\?sha256=[0-9a-f]+$/.exec(context.parentURL ?? '');
        return state && /^(\.|\/|file:)/.test(specifier) ? { ...found, url: found.url + state[0] } : found;
      },
    });
  } else {
    register(`data:text/javascript,${encodeURIComponent(resolver)}`, { data: programUrls });
  }
}

/**
 * The default export of a user's module.
 * @param version tells two states of one file apart, since modules are imported once for each address
 * @throws UsageError where it cannot be imported or exports nothing by default
 */
export async function importDefault(path: string, version: string): Promise<unknown> {
  exposeProgram();
  const url = `${pathToFileURL(resolve(path)).href}?sha256=${version}`;
  let module: { default?: unknown };
  try {
    module = (await import(url)) as { default?: unknown };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new UsageError(`${path}: it cannot be imported: ${reason}`, { cause: error });
  }
  if (module.default === undefined) {
    throw new UsageError(
      `${path}: expected a default export, found ${Object.keys(module).join(', ') || 'no export'}. ` +
        'Write "export default { … }".',
    );
  }
  return module.default;
}
