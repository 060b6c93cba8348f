import { describe, expect, it } from 'vitest';
import { cellModels } from '../../src/network/cells/table.js';
import {
  cellModelNames,
  formatModelFile,
  loadCellModel,
  loadPortModel,
  portModelNames,
  readCellModel,
  readPortModel,
} from '../../src/network/files/model-file.js';
import { inputModels } from '../../src/network/inputs/table.js';
import type { CellModel } from '../../src/network/model/model.js';
import { synapseModels } from '../../src/network/synapses/table.js';

describe('model files', () => {
  it.each(Object.entries(cellModels))('give %s back as it was', (_, model: CellModel) => {
    const text = formatModelFile(model, 'cell');
    expect(readCellModel(JSON.parse(text), 'x.json')).toEqual(model);
    expect(formatModelFile(readCellModel(JSON.parse(text), 'x.json'), 'cell')).toBe(text);
  });

  it.each(Object.entries(synapseModels))('give the synapse %s back as it was', (_, model) => {
    expect(readPortModel('synapse', JSON.parse(formatModelFile(model, 'synapse')), 'x.json')).toEqual(model);
  });

  it.each(Object.entries(inputModels))('give the input %s back as it was', (_, model) => {
    expect(readPortModel('input', JSON.parse(formatModelFile(model, 'input')), 'x.json')).toEqual(model);
  });

  it('take null and "inf" for a bound that is none', () => {
    const file = JSON.parse(formatModelFile(cellModels['accumulate-and-fire'], 'cell'));
    expect(file.parameters.threshold.high).toBe('inf');
    for (const [low, high] of [
      [null, null],
      ['-inf', 'inf'],
    ]) {
      Object.assign(file.parameters.threshold, { low, high });
      expect(readCellModel(file, 'x.json').parameters.threshold).toMatchObject({
        low: -Infinity,
        high: Infinity,
      });
    }
  });

  it('are found by the names of the program', () => {
    expect(loadCellModel('izhikevich')).toBe(cellModels.izhikevich);
    expect(cellModelNames()).toEqual(expect.arrayContaining(Object.keys(cellModels)));
    expect(loadPortModel('synapse', 'exponential')).toBe(synapseModels.exponential);
    expect(portModelNames('input')).toContain('external');
    expect(() => loadCellModel('izhikevitch')).toThrow(
      /^Unknown cell model "izhikevitch"\. Did you mean "izhikevich"\?.*cells\/NAME\.json/,
    );
    expect(() => loadPortModel('synapse', 'nothing.json')).toThrow(
      /nothing\.json: there is no such synapse model/,
    );
  });

  it('refuse fields that there are none of, with the nearest', () => {
    const file = JSON.parse(formatModelFile(cellModels.izhikevich, 'cell'));
    expect(() => readCellModel({ ...file, treshold: 'v > 3' }, 'x.json')).toThrow(
      /treshold: unknown field\. Did you mean "threshold"/,
    );
  });
});
