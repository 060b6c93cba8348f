import { UsageError } from '../../spec/errors.js';
import type { Problem } from '../strategy.js';
import type { Options } from './options.js';
import type { CovarianceKind } from './parameters.js';

/** Up to here `auto` takes the full covariance: beyond, a decomposition takes longer than most evaluations. */
const LARGEST_FULL = 400;

type Choice = Pick<Options, 'covariance' | 'memoryMiB' | 'learningRates'>;

/**
 * Which covariance is to be used for so many genes.
 * @throws UsageError where a full one needs more memory than the options allow, or rates cannot adapt
 */
export function covarianceKind(genes: number, options: Choice): CovarianceKind {
  const fault = faultOf(genes, options);
  if (fault !== undefined) throw new UsageError(`cma-es: ${fault}`);
  return kindOf(genes, options);
}

/** What is wrong with the options in a problem, which is known before a run begins; undefined where nothing is. */
export function covarianceFault(
  { low, high }: Pick<Problem, 'low' | 'high'>,
  options: Choice,
): string | undefined {
  const free = low.reduce((count, bound, gene) => count + Number(bound < high[gene]!), 0);
  return faultOf(free, options);
}

const kindOf = (genes: number, { covariance }: Choice): CovarianceKind =>
  covariance === 'auto' ? (genes > LARGEST_FULL ? 'separable' : 'full') : covariance;

function faultOf(genes: number, options: Choice): string | undefined {
  const { memoryMiB, learningRates } = options;
  const kind = kindOf(genes, options);
  if (kind === 'vkd' && learningRates === 'adapted') {
    return (
      'learningRates: "adapted" goes with covariance=full or separable, and covariance is vkd. Choose one of these, or ' +
      'learningRates=fixed.'
    );
  }
  const needed = fullMemoryMiB(genes);
  if (kind !== 'full' || needed <= memoryMiB) return undefined;
  return (
    `covariance: a full covariance of ${genes.toLocaleString('en-US')} genes needs about ` +
    `${Math.ceil(needed).toLocaleString('en-US')} MiB, and memoryMiB allows ${memoryMiB.toLocaleString('en-US')}. ` +
    'Use covariance=separable or vkd (or auto), evolve fewer genes, or raise memoryMiB.'
  );
}

/** Half of C and half of Q, three times: in the search, in a snapshot, and in the bytes it is stored as. */
export const fullMemoryMiB = (genes: number): number => (3 * 8 * genes * genes) / (1024 * 1024);
