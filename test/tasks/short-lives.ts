import type { TaskName } from '../../src/tasks/table.js';

/** Of the recurrent network. */
const smallNetwork = ['excitatory=40', 'inhibitory=10', 'connection=0.5', 'inputs=250'];

/** What makes a life short. */
export const short: Readonly<Record<TaskName, readonly string[]>> = {
  foraging: ['steps=60'],
  navigation: ['trials=10', 'trialMs=1500', 'movedAt=6'],
  'patch-foraging': ['steps=60'],
  continual: [
    ...['tasks=2', 'bits=16', 'bitsOn=4', 'presentations=10', 'tests=2', 'presentationMs=30'],
    'hidden={"cells":8,"thresholdCells":2}',
  ],
  'spike-patterns': [
    'tasks=2',
    'inputs=8',
    'presentations=4',
    'tests=2',
    'presentationMs=40',
    'hidden={"cells":8}',
  ],
  'seasonal-foraging': ['items=4', 'years=2', 'days=1', 'heldOutDays=2', 'presentationMs=40'],
  'continual-familiarity': ['presentations=20', 'bits=16', 'cells=8', 'presentationMs=40'],
  'few-shot': ['bits=16', 'classes=3', 'queries=3', 'heldOutShots=2'],
  'go-no-go': ['trials=100', 'cueMs=60', 'gapMs=20', 'heldOutShifts=0'],
  'distal-reward': ['durationS=4'],
  'correlation-driven': ['trials=1', 'learnS=5', 'testS=4', 'inputs=200', 'startWeight=1.75'],
  'error-driven': ['durationS=1'],
  'reward-driven': ['trials=40', 'patterns=4', 'trialMs=100'],
  't-maze': ['tripsBetween=10', 'moveSpread=2', 'delayHighMs=200'],
  'double-t-maze': ['tripsBetween=10', 'moves=1', 'moveSpread=2', 'delayHighMs=200'],
  acrobot: ['episodes=1'],
  pendulum: ['durationS=4'],
  'half-centre': ['settleS=0.5', 'measureS=1', 'silent=[0]', 'bursting=[0.5]', 'tonic=[2]'],
  cartpole: ['episodes=2'],
  'task-suite': [
    'tasks=[{"name":"go-no-go","trials":100,"cueMs":60,"gapMs":20},{"name":"t-maze","tripsBetween":10,"moveSpread":2}]',
    'heldOut=[{"name":"go-no-go","trials":110,"cueMs":60,"gapMs":20}]',
  ],
  'spatio-temporal-logic': ['noisyTrials=2'],
  'water-maze': ['trials=5', 'trialS=2'],
  'target-discovery': ['trials=6'],
  'two-stimulus': ['trials=12'],
  'grid-maze': ['size=7', 'steps=40', 'stepMs=20'],
  'evidence-accumulation': ['trials=6', 'delayMs=50', 'leaky=6', 'adaptive=6'],
  stability: ['durationS=0.4', 'scoredS=0.2', 'heldOutS=0.4', 'inputHighHz=1', ...smallNetwork],
  familiarity: ['trainS=0.2', 'onS=0.1', 'testS=0.1', 'delaysS=[0.1]', 'breakS=0.1', ...smallNetwork],
};
