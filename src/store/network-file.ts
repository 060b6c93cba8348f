import { basename, dirname, join, resolve } from 'node:path';
import { formatNetwork } from '../network/files/network-file.js';
import type { Network } from '../network/model/network.js';
import { replaceFile } from './files.js';

/**
 * Writes a network into a JSON file (`network/1`), and its long arrays into a file of the same name that ends in
 * `.arrays`. Files that are there are replaced.
 * @returns the files written
 * @throws UsageError for a network that does not fit together
 */
export function saveNetwork(path: string, network: Network): string[] {
  const arraysFile = `${basename(path).replace(/\.json$/, '')}.arrays`;
  const { text, arrays } = formatNetwork(network, arraysFile);
  const beside = join(dirname(path), arraysFile);
  if (arrays) replaceFile(resolve(beside), arrays);
  replaceFile(resolve(path), text);
  return arrays ? [path, beside] : [path];
}
