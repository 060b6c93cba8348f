import { describe, expect, it } from 'vitest';
import { renderFigure } from '../../src/picture/draw-figure.js';

describe('bars', () => {
  it('have ticks, and names in full however long', async () => {
    const name = 'w += min(relax * m.NA, 1) * (goal - w) on the event "settle" of a rule with a long name';
    const svg = (
      await renderFigure(
        {
          width: 500,
          rows: [
            {
              blocks: [
                {
                  block: 'bars',
                  title: 'Effects',
                  nameWidth: 160,
                  dots: true,
                  reaches: [2],
                  bars: [{ name, value: 0.5, ends: [0.25, 1], colour: '#000000' }],
                },
              ],
            },
          ],
        },
        'svg',
      )
    ).toString();
    const texts = [...svg.matchAll(/>([^<>]+)<\/text>/g)].map(([, text]) => text!.trim());
    const plain = texts.join(' ').replaceAll('&quot;', '"').replaceAll('&#34;', '"');
    for (const word of name.split(' ')) expect(plain).toContain(word);
    expect(plain).not.toContain('…');
    // The axis goes on beyond the whisker.
    for (const tick of ['0', '0.5', '1', '2']) expect(texts).toContain(tick);
  });
});
