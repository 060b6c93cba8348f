import type { RunRequest } from '../../src/evolve/resolve.js';

/** A short run whose outcome must never change by a bit. */
export interface GoldenRun {
  request: Omit<RunRequest, 'file' | 'from'> & { file?: Record<string, unknown>; from?: string };
  /** Evolves on this null model of the connectome, made with the seed 7. */
  nullModel?: 'rewired' | 'weights' | 'signs';
  /** Steps after which the run is interrupted once, and resumed. */
  interruptAfter: number;
}

const small = ['freshEpisodes=2', 'snapshotEvery=3', 'elites=3'];
const foraging = [...small, 'task.steps=40'];
const population = 'strategy.population=8';
/** Cells of a model, on the animal: short lives of the world. */
const modelled = (cell: string, steps = 12) => [...small, `task.steps=${steps}`, `network.cell=${cell}`];
const learning = 'network.plasticity={"rule":"pair-stdp-dopamine","parameters":{"wMax":5,"rate":0.001}}';
const smallCircuit = ['task.circuit.excitatory=12', 'task.circuit.inhibitory=4', 'strategy.population=4'];
const steps = (generations: number) => ({ budget: { generations } });
const cook = 'c-elegans-cook-2019';

/** The runs, by name: every strategy, task, kind of gene and precision among them. */
export const goldenRuns: Readonly<Record<string, GoldenRun>> = {
  // Strategies
  ga: { request: { ...steps(7), set: [...foraging, population] }, interruptAfter: 4 },
  'ga-tournament': {
    request: {
      ...steps(6),
      strategy: 'ga',
      set: [
        ...foraging,
        population,
        'strategy.selection={"kind":"tournament","size":3}',
        'strategy.crossover={"kind":"sbx"}',
        'strategy.mutation={"kind":"gaussian"}',
        'task.startJitterUnits=20',
      ],
    },
    interruptAfter: 2,
  },
  'enomad-ea': {
    request: {
      ...steps(14),
      strategy: 'enomad-ea',
      set: [...foraging, 'strategy.population=4', 'strategy.genes=6', 'strategy.evaluations=20'],
    },
    interruptAfter: 5,
  },
  'enomad-rea': {
    request: {
      ...steps(14),
      strategy: 'enomad-rea',
      set: [...foraging, 'strategy.population=6', 'strategy.evaluations=10'],
    },
    interruptAfter: 7,
  },
  'cma-es-separable': {
    request: { ...steps(6), strategy: 'cma-es', set: [...foraging, population] },
    interruptAfter: 4,
  },
  'cma-es-restarts': {
    request: {
      ...steps(24),
      strategy: 'cma-es',
      task: 'navigation',
      set: [
        ...small,
        'task.trials=10',
        'task.trialMs=100',
        'task.movedAt=6',
        'strategy.restarts="bipop"',
        'strategy.sigma0=0.001',
        'strategy.population=4',
      ],
    },
    interruptAfter: 9,
  },
  'openai-es': {
    request: { ...steps(6), strategy: 'openai-es', set: [...foraging, 'strategy.pairs=4'] },
    interruptAfter: 3,
  },
  'cma-es-warm': {
    request: {
      ...steps(4),
      task: 'go-no-go',
      strategy: 'cma-es',
      file: {
        warmStart: {
          spread: 2,
          solutions: [
            {
              score: 2,
              genome:
                'AQAAAAoAAAAAAAAAAgAAAAMAAAAFAAAACAAAAAkAAAALAAAADAAAAA4AAAAPAAAA3r7k+o88GcCR43N7QvcLQJHjc3tC9wNAWUSWP6edIECamZmZmZnhPwAAAAAAAAAAmpmZmZmZyT+amZmZmZmpvwAAAAAAABxAAAAAAAAAAAA=',
            },
            {
              score: 1,
              genome:
                'AQAAAAoAAAABAAAAAgAAAAQAAAAFAAAABwAAAAgAAAAKAAAACwAAAA0AAAAOAAAA3r7k+o88FcCR43N7QvcDQG+jt3ypMyBAsogsf047HUCamZmZmZnZP2ZmZmZmZtY/mpmZmZmZyT+amZmZmZnJvwAAAAAAABxAAAAAAAAAFEA=',
            },
          ],
        },
      },
      set: [...shortGoNoGo(), 'strategy.population=6', 'strategy.stop.tolfun=false'],
    },
    interruptAfter: 2,
  },
  'cma-me': {
    request: {
      ...steps(6),
      strategy: 'cma-me',
      task: 'go-no-go',
      set: [...shortGoNoGo(), 'strategy.emitters=2', 'strategy.population=5', 'strategy.ranker="2rd"'],
    },
    interruptAfter: 3,
  },
  'cma-mae': {
    request: {
      ...steps(6),
      strategy: 'cma-mae',
      set: [...foraging, 'strategy.emitters=2', 'strategy.population=4', 'strategy.measures=endX,endY'],
    },
    interruptAfter: 4,
  },
  'map-elites': {
    request: {
      ...steps(6),
      strategy: 'map-elites',
      set: [
        ...foraging,
        ...['strategy.batch=6', 'strategy.cells=9', 'strategy.measures=endX,energy'],
        'strategy.ranges=[null,[0,200]]',
        'strategy.operator={"kind":"iso-line"}',
      ],
    },
    interruptAfter: 3,
  },
  niches: {
    request: {
      ...steps(8),
      strategy: 'niches',
      set: [
        ...foraging,
        ...['strategy.population=6', 'strategy.lastPopulation=3', 'strategy.batch=4'],
        'strategy.evaluations=32',
      ],
    },
    interruptAfter: 5,
  },
  'niches-by-behaviour': {
    request: {
      ...steps(9),
      strategy: 'niches',
      set: [
        ...foraging,
        ...['strategy.population=3', 'strategy.batch=4', 'strategy.evaluations=36'],
        'strategy.niche={"measures":["foodEaten","endX"],"bins":[12,40]}',
      ],
    },
    interruptAfter: 5,
  },
  snes: {
    request: { ...steps(5), strategy: 'snes', set: [...foraging, 'strategy.population=6'] },
    interruptAfter: 2,
  },
  xnes: {
    request: {
      ...steps(4),
      strategy: 'xnes',
      task: 'go-no-go',
      set: [...shortGoNoGo(), 'strategy.population=5'],
    },
    interruptAfter: 2,
  },
  pgpe: {
    request: { ...steps(5), strategy: 'pgpe', set: [...foraging, 'strategy.pairs=3'] },
    interruptAfter: 3,
  },
  de: {
    request: { ...steps(5), strategy: 'de', set: [...foraging, 'strategy.population=6'] },
    interruptAfter: 3,
  },
  mads: {
    request: { ...steps(12), strategy: 'mads', task: 'go-no-go', set: shortGoNoGo() },
    interruptAfter: 7,
  },
  'mads-weights': { request: { ...steps(3), strategy: 'mads', set: foraging }, interruptAfter: 2 },
  random: {
    request: { ...steps(4), strategy: 'random', set: [...foraging, 'strategy.batch=6'] },
    interruptAfter: 2,
  },
  // Tasks
  'held-out-patterns': {
    request: {
      ...steps(6),
      seed: 5,
      set: [
        ...foraging,
        population,
        'task.patterns=square,triangle',
        'task.heldOut=circle,random',
        'episodes=2',
      ],
    },
    interruptAfter: 3,
  },
  'patch-foraging': {
    request: {
      ...steps(4),
      task: 'patch-foraging',
      strategy: 'cma-es',
      connectome: cook,
      genome: 'worm-learning-and-receptors',
      set: [
        ...modelled('izhikevich'),
        'strategy.population=5',
        'network.modulation={}',
        learning,
        'episodes=2',
      ],
    },
    interruptAfter: 2,
  },
  'task-suite': {
    request: {
      ...steps(3),
      task: 'task-suite',
      strategy: 'cma-es',
      set: [
        'strategy.population=4',
        'task.circuit.excitatory=20',
        'task.circuit.inhibitory=5',
        'task.circuit.modulatory.ACh.cells=3',
        'task.circuit.heterogeneity=0.3',
        'task.tasks=[{"name":"go-no-go","trials":100,"cueMs":60,"gapMs":20},{"name":"t-maze","tripsBetween":10,"moveSpread":2,"delayHighMs":200}]',
        'task.heldOut=[{"name":"double-t-maze","tripsBetween":10,"moves":1,"moveSpread":2,"delayHighMs":200}]',
        'task.order=sequence',
        'freshEpisodes=2',
      ],
    },
    interruptAfter: 2,
  },
  'go-no-go': {
    request: {
      ...steps(5),
      task: 'go-no-go',
      strategy: 'cma-es',
      set: [
        ...shortGoNoGo(),
        'strategy.population=4',
        'task.heldOutShifts=1',
        'task.beside=["synaptic-scaling","path-importance"]',
        'task.replay=1',
        'task.sleepMs=200',
      ],
    },
    interruptAfter: 2,
  },
  continual: {
    request: {
      ...steps(3),
      task: 'continual',
      genome: 'continual-thresholds',
      set: [
        ...small,
        ...['task.tasks=2', 'task.bits=16', 'task.bitsOn=4', 'task.presentations=6', 'task.tests=1'],
        'task.presentationMs=30',
        'task.hidden={"cells":8,"thresholdCells":2}',
        ...['task.beside=["spike-importance"]', 'task.replay=1', 'task.sleepMs=100', 'task.checks=2'],
        'strategy.population=4',
      ],
    },
    interruptAfter: 1,
  },
  'spike-patterns': {
    request: {
      ...steps(3),
      task: 'spike-patterns',
      set: [
        ...small,
        ...[
          'task.tasks=2',
          'task.inputs=8',
          'task.presentations=4',
          'task.tests=1',
          'task.presentationMs=40',
        ],
        ...['task.hidden={"cells":8}', 'strategy.population=4'],
      ],
    },
    interruptAfter: 1,
  },
  'seasonal-foraging': {
    request: {
      ...steps(3),
      task: 'seasonal-foraging',
      set: [
        ...small,
        ...['task.items=4', 'task.years=2', 'task.days=2', 'task.heldOutDays=0', 'task.presentationMs=40'],
        'strategy.population=4',
      ],
    },
    interruptAfter: 1,
  },
  'continual-familiarity': {
    request: {
      ...steps(3),
      task: 'continual-familiarity',
      set: [
        ...small,
        ...['task.presentations=20', 'task.bits=16', 'task.cells=8', 'task.presentationMs=40'],
        'strategy.population=4',
      ],
    },
    interruptAfter: 1,
  },
  'few-shot': {
    request: {
      ...steps(3),
      task: 'few-shot',
      set: [...small, 'task.bits=16', 'task.classes=3', 'task.shots=2', 'strategy.population=4'],
    },
    interruptAfter: 1,
  },
  navigation: {
    request: {
      ...steps(4),
      task: 'navigation',
      set: [...small, population, 'task.trials=10', 'task.trialMs=800', 'task.movedAt=6'],
    },
    interruptAfter: 2,
  },
  'navigation-competitive': {
    request: {
      ...steps(3),
      task: 'navigation',
      genome: 'weights',
      set: [
        ...small,
        population,
        'task.study="serotonin"',
        'task.rule="competitive"',
        'task.trials=10',
        'task.trialMs=500',
      ],
    },
    interruptAfter: 1,
  },
  'distal-reward': {
    request: {
      ...steps(4),
      task: 'distal-reward',
      set: [...small, 'task.durationS=4', 'strategy.population=4'],
    },
    interruptAfter: 2,
  },
  'distal-reward-kinds': {
    request: {
      ...steps(4),
      task: 'distal-reward',
      genome: 'distal-reward-kinds',
      set: [...small, 'task.durationS=3', population, 'task.version="2024"', 'task.noradrenaline=true'],
    },
    interruptAfter: 2,
  },
  'reward-driven': {
    request: {
      ...steps(4),
      task: 'reward-driven',
      set: [...small, 'task.trials=20', 'task.patterns=3', 'task.trialMs=50', 'strategy.population=4'],
    },
    interruptAfter: 2,
  },
  'spatio-temporal-logic': {
    request: { ...steps(5), task: 'spatio-temporal-logic', set: [population, 'task.noisyTrials=2'] },
    interruptAfter: 2,
  },
  'error-driven': {
    request: {
      ...steps(4),
      task: 'error-driven',
      set: [...small, 'task.durationS=1', 'strategy.population=4'],
    },
    interruptAfter: 2,
  },
  'correlation-driven': {
    request: {
      ...steps(3),
      task: 'correlation-driven',
      set: [
        ...small,
        'task.trials=1',
        'task.learnS=2',
        'task.testS=2',
        'task.inputs=100',
        'task.startWeight=3.85',
        'strategy.population=4',
      ],
    },
    interruptAfter: 1,
  },
  't-maze': {
    request: {
      ...steps(4),
      task: 't-maze',
      strategy: 'cma-es',
      set: [...shortMaze(), 'strategy.population=4'],
    },
    interruptAfter: 2,
  },
  'double-t-maze': {
    request: {
      ...steps(3),
      task: 'double-t-maze',
      set: [...shortMaze(), population, 'task.moves=1', 'task.dopamine="reward"', 'task.modulatory=false'],
    },
    interruptAfter: 2,
  },
  'half-centre': {
    request: {
      ...steps(3),
      task: 'half-centre',
      set: [
        ...small,
        ...['task.settleS=0.2', 'task.measureS=0.5', 'task.bursting=[0.5]', 'task.tonic=[2]'],
        'strategy.population=4',
      ],
    },
    interruptAfter: 1,
  },
  pendulum: {
    request: {
      ...steps(3),
      task: 'pendulum',
      set: [...small, 'task.durationS=2', 'strategy.population=4'],
    },
    interruptAfter: 1,
  },
  acrobot: {
    request: {
      ...steps(2),
      task: 'acrobot',
      set: [...small, 'task.episodes=1', 'task.stepMs=10', 'task.learns=true', 'strategy.population=4'],
    },
    interruptAfter: 1,
  },
  cartpole: {
    request: {
      ...steps(3),
      task: 'cartpole',
      genome: 'cartpole-learning',
      set: [...small, 'task.learns=true', 'task.episodes=3', 'task.maxSteps=40', 'strategy.population=4'],
    },
    interruptAfter: 1,
  },
  'water-maze': {
    request: {
      ...steps(3),
      task: 'water-maze',
      set: [...small, 'task.trials=5', 'task.trialS=1', 'strategy.population=4'],
    },
    interruptAfter: 1,
  },
  'evidence-accumulation': {
    request: {
      ...steps(3),
      task: 'evidence-accumulation',
      set: [
        ...small,
        'task.trials=4',
        'task.delayMs=50',
        'task.leaky=6',
        'task.adaptive=6',
        'strategy.population=4',
      ],
    },
    interruptAfter: 1,
  },
  'two-stimulus': {
    request: { ...steps(3), task: 'two-stimulus', set: [...small, ...smallCircuit, 'task.trials=8'] },
    interruptAfter: 2,
  },
  'target-discovery': {
    request: { ...steps(3), task: 'target-discovery', set: [...small, ...smallCircuit, 'task.trials=4'] },
    interruptAfter: 1,
  },
  'grid-maze': {
    request: {
      ...steps(3),
      task: 'grid-maze',
      set: [...small, ...smallCircuit, 'task.size=5', 'task.steps=10', 'task.stepMs=40'],
    },
    interruptAfter: 1,
  },
  // Genomes and networks
  'weights-by-class': {
    request: {
      ...steps(6),
      genome: 'weights-by-class',
      strategy: 'openai-es',
      set: [...foraging, 'strategy.pairs=4'],
    },
    interruptAfter: 3,
  },
  'sign-lock': {
    request: { ...steps(5), set: [...foraging, population, 'genome.genes.0.signLock=true'] },
    interruptAfter: 3,
  },
  'weights-and-scales': {
    request: {
      ...steps(3),
      genome: 'weights-and-scales',
      connectome: cook,
      set: [...modelled('leaky-integrate-and-fire'), population],
    },
    interruptAfter: 2,
  },
  'weights-log-f64': {
    request: {
      ...steps(3),
      genome: 'weights-log',
      connectome: cook,
      strategy: 'enomad-rea',
      set: [
        ...modelled('izhikevich', 8),
        'strategy.population=4',
        'network.precision=f64',
        'strategy.evaluations=5',
      ],
    },
    interruptAfter: 2,
  },
  graded: {
    request: {
      ...steps(3),
      genome: 'weights-and-scales',
      connectome: 'c-elegans-cook-2019-male',
      set: [...modelled('graded'), population],
    },
    interruptAfter: 1,
  },
  'learning-and-receptors': {
    request: {
      ...steps(3),
      genome: 'worm-learning-and-receptors',
      connectome: cook,
      set: [
        ...modelled('izhikevich'),
        population,
        'network.modulation={}',
        learning,
        'task.startJitterUnits=20',
      ],
    },
    interruptAfter: 2,
  },
  'synapse-parameters': {
    request: {
      ...steps(3),
      genome: 'worm-abcd',
      connectome: cook,
      strategy: 'openai-es',
      set: [
        ...modelled('leaky-integrate-and-fire'),
        'strategy.pairs=3',
        'network.plasticity={"rule":"abcd","perSynapse":["eta","A","B","C","D"]}',
      ],
    },
    interruptAfter: 1,
  },
  delays: {
    request: {
      ...steps(3),
      genome: 'worm-delays',
      connectome: cook,
      set: [
        ...modelled('izhikevich', 40),
        population,
        'network.longestDelayMs=20',
        'network.modulation={}',
        learning,
      ],
    },
    interruptAfter: 1,
  },
  // Seeds of a run, and controls
  'null-rewired': {
    request: { ...steps(5), set: [...foraging, population] },
    nullModel: 'rewired',
    interruptAfter: 3,
  },
  'null-signs': {
    request: { ...steps(5), strategy: 'random', set: [...foraging, 'strategy.batch=6'] },
    nullModel: 'signs',
    interruptAfter: 3,
  },
  'from-genome': {
    request: {
      ...steps(5),
      from: 'genomes/evolved/foraging-square-ga.json',
      set: [...foraging, population, 'strategy.initial="start"'],
    },
    interruptAfter: 2,
  },
  'from-genome-go-no-go': {
    request: {
      ...steps(3),
      from: 'genomes/evolved/go-no-go-cma-es.json',
      set: [...shortGoNoGo(), 'strategy.population=4'],
    },
    interruptAfter: 1,
  },
};

function shortGoNoGo(): string[] {
  return [...small, 'task.trials=100', 'task.cueMs=20', 'task.gapMs=20', 'task.heldOutShifts=0'];
}

function shortMaze(): string[] {
  return [...small, 'task.tripsBetween=10', 'task.moveSpread=2', 'task.delayHighMs=200'];
}

/** Lives in every engine, of the start of a run and of a genome a step away from it. */
export const goldenLives: readonly string[] = [
  'ga',
  'go-no-go',
  'navigation',
  'distal-reward-kinds',
  'reward-driven',
  'error-driven',
  'correlation-driven',
  'weights-log-f64',
  'learning-and-receptors',
  'graded',
];
