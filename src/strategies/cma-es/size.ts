import { UsageError } from '../../spec/errors.js';
import type { Options } from './options.js';
import type { CovarianceKind } from './parameters.js';

/** Up to here `auto` takes the full covariance: beyond, a decomposition takes longer than most evaluations. */
const LARGEST_FULL = 400;

/**
 * Which covariance is to be used for so many genes.
 * @throws UsageError where a full one needs more memory than the options allow
 */
export function covarianceKind(
  genes: number,
  { covariance, memoryMiB, learningRates }: Options,
): CovarianceKind {
  if (covariance === 'vkd') {
    if (learningRates === 'fixed') return 'vkd';
    throw new UsageError(
      'cma-es: learningRates=adapted goes with covariance=full or separable, and covariance is vkd. Choose one of these, ' +
        'or learningRates=fixed.',
    );
  }
  if (covariance === 'separable' || (covariance === 'auto' && genes > LARGEST_FULL)) return 'separable';
  const needed = fullMemoryMiB(genes);
  if (needed > memoryMiB) {
    throw new UsageError(
      `cma-es: a full covariance of ${genes.toLocaleString('en-US')} genes needs about ` +
        `${Math.ceil(needed).toLocaleString('en-US')} MiB, and memoryMiB allows ${memoryMiB.toLocaleString('en-US')}. ` +
        'Use covariance=separable or vkd (or auto), evolve fewer genes, or raise memoryMiB.',
    );
  }
  return 'full';
}

/** Half of C and half of Q, three times: in the search, in a snapshot, and in the bytes it is stored as. */
export const fullMemoryMiB = (genes: number): number => (3 * 8 * genes * genes) / (1024 * 1024);
