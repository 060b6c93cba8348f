import { describe, expect, it } from 'vitest';
import { cellChecks } from '../../src/kernel/conformance/cell.js';
import { cellModels } from '../../src/network/cells/table.js';
import type { CellModel } from '../../src/network/model/model.js';
import { checkModelUnits } from './units.js';

describe.each(Object.entries(cellModels) as [string, CellModel][])('%s', (name, model) => {
  it('is listed by its name, with protocols that have figures', () => {
    expect(model.name).toBe(name);
    const expected = Object.values(model.protocols ?? {}).map((protocol) => protocol.expect);
    expect(expected.length).toBeGreaterThan(0);
    for (const figures of expected) expect(figures).toBeDefined();
  });

  it('has consistent units', () => {
    checkModelUnits(model);
  });

  for (const check of cellChecks(model)) it(check.name, check.run);
});
