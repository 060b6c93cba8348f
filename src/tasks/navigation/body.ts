import { type CellModel, quantity } from '../../network/model/model.js';

/** Where and when the animal is, as a cell: what moves it and what it sees of the world are ports without spikes. */
const body = (name: string, summary: string, walls: readonly string[], reach: number): CellModel => ({
  name,
  summary,
  source: 'Brzosko et al. 2017, doi:10.7554/eLife.27756; Zannone et al. 2018, doi:10.1038/s41598-018-27393-2',
  parameters: {
    stride: quantity('1', 0.08, 0, 1, 'length that a spike of all action cells would move it'),
    reach: quantity('1', reach, 0, 100, 'from the centre to the wall'),
    radius: quantity('1', 0.3, 0, 10, 'of a goal'),
    decisive: quantity('1', 0, 0, 1, 'whether a visit to the wrong place ends the search: 1 or 0'),
  },
  state: {
    x: { unit: '1', start: 0, about: 'east of the centre' },
    y: { unit: '1', start: 0, about: 'north of it' },
    goalX: { unit: '1', start: 0, about: 'where the reward is' },
    goalY: { unit: '1', start: 0 },
    wrongX: { unit: '1', start: 0, about: 'where it is not, or no longer' },
    wrongY: { unit: '1', start: 0 },
    clock: { unit: 'ms', start: 0, about: 'since the search began' },
    found: { unit: 'ms', start: -1, about: 'when it came to the goal; -1 before' },
    wrong: { unit: 'ms', start: -1, about: 'when it first came to the wrong place; -1 before' },
    done: { unit: '1', start: 0, about: 'whether the search is over: 1 or 0' },
  },
  update: [
    'atGoal = if(done < 0.5 and (x - goalX)^2 + (y - goalY)^2 <= radius^2, 1, 0)',
    'atWrong = if(done < 0.5 and atGoal < 0.5 and (x - wrongX)^2 + (y - wrongY)^2 <= radius^2, 1, 0)',
    'clock = clock + dt',
    'found = if(atGoal > 0.5, clock, found)',
    'wrong = if(atWrong > 0.5 and wrong < 0, clock, wrong)',
    'done = max(done, atGoal + decisive*atWrong)',
    'east = dt*stride*toEast.sum',
    'north = dt*stride*toNorth.sum',
    'x = x + east',
    'y = y + north',
    ...walls,
  ],
  // It fires when it comes to the goal, once in a search.
  threshold: 'atGoal > 0.5',
});

/** Beyond a wall it is set back a little, along one axis in a step, as the study's code does. */
export const squareBody = body(
  'body-in-a-square',
  'a body that walls push back',
  [
    'outX = if(x <= -reach, 1, if(x >= reach, -1, 0))',
    'outY = if(abs(outX) > 0.5, 0, if(y <= -reach, 1, if(y >= reach, -1, 0)))',
    'x = x + 0.01*outX',
    'y = y + 0.01*outY',
  ],
  2,
);

/** At the wall the step is taken once more, mirrored there. */
export const discBody = body(
  'body-in-a-disc',
  'a body that bounces off a round wall',
  [
    'distance = max(sqrt(x^2 + y^2), 1e-6)',
    'outwards = (east*x + north*y) / distance',
    'nx = x / distance',
    'ny = y / distance',
    'x = x + if(distance >= reach, east - 2*outwards*nx, 0)',
    'y = y + if(distance >= reach, north - 2*outwards*ny, 0)',
  ],
  2.44,
);
