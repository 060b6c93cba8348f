"""Optimisers of Python, driven by scripts/bench-python.ts over standard input and output.

    python bench-python.py             prints the optimisers that are installed, with their versions, as JSON
    python bench-python.py OPTIMISER   reads a message a line, and answers each by one

Messages: {"begin": {...}} with a problem and a seed begins a search; {"tell": [f, ...]} tells it what the last points scored,
to be minimised. An answer has the next points, {"points": BASE64, "count": N} (float64, row-major), or says that the search
has ended, {"stopped": WHY}; "ms" are milliseconds of ask and tell so far in this search.
"""
import base64
import importlib.metadata
import importlib.util
import json
import multiprocessing
import os
import sys
import time
from functools import lru_cache
from math import floor, log


class Problem:
    """What a search is told: arrays [genes]."""

    def __init__(self, message):
        import numpy as np

        for name in ["low", "high"]:
            message[name] = [v if v is not None else (-np.inf if name == "low" else np.inf) for v in message[name]]
        for name in ["low", "high", "start", "step", "priorLow", "priorHigh"]:
            setattr(self, name, np.array(message[name], dtype=float))
        self.genes = len(self.start)
        self.seed = message["seed"]
        self.sigma = float(self.step[0])  # the benchmarks have the same for every gene
        self.bounded = bool(np.isfinite(self.low).all() and np.isfinite(self.high).all())


def usual_population(genes):
    return 4 + floor(3 * log(genes))


class Pycma:
    def __init__(self, problem, **options):
        import cma

        if problem.bounded:
            options["bounds"] = [list(problem.low), list(problem.high)]
        quiet = {"verbose": -9, "verb_log": 0, "verb_disp": 0}
        self.search = cma.CMAEvolutionStrategy(
            problem.start, problem.sigma, {"seed": problem.seed, **quiet, **options}
        )

    def ask(self):
        self.points = self.search.ask()
        return self.points

    def tell(self, values):
        self.search.tell(self.points, values)
        return ", ".join(self.search.stop())


class CyberAgentCma:
    def __init__(self, problem):
        import cmaes
        import numpy as np

        bounds = np.stack([problem.low, problem.high], axis=1) if problem.bounded else None
        self.search = cmaes.CMA(mean=problem.start, sigma=problem.sigma, bounds=bounds, seed=problem.seed)

    def ask(self):
        self.points = [self.search.ask() for _ in range(self.search.population_size)]
        return self.points

    def tell(self, values):
        self.search.tell(list(zip(self.points, values)))
        return "should stop" if self.search.should_stop() else ""


@lru_cache(maxsize=None)
def evosax_algorithm(name, genes, sigma):
    """Compiled once for each number of genes; populations, and rates that have no use as they come, are those of ours."""
    import jax

    jax.config.update("jax_enable_x64", True)
    import jax.numpy as jnp
    import optax
    from evosax import algorithms

    make = getattr(algorithms, name)
    solution = jnp.zeros(genes)
    if name == "Open_ES":
        return make(
            population_size=64,
            solution=solution,
            optimizer=optax.adam(0.1 * sigma),
            std_schedule=optax.constant_schedule(0.5 * sigma),
        )
    return make(population_size=64 if name == "DifferentialEvolution" else usual_population(genes), solution=solution)


class Evosax:
    """Knows no bounds: its points may lie outside, where the functions are defined too."""

    warm = set()

    def __init__(self, problem, name):
        algorithm = evosax_algorithm(name, problem.genes, problem.sigma)
        if (name, problem.genes) not in Evosax.warm:
            # Compiling is not what is measured.
            Evosax.warm.add((name, problem.genes))
            once = Evosax(problem, name)
            for _ in range(4):
                once.tell([float(i) for i in range(len(once.ask()))])
        import jax

        self.jax = jax
        self.algorithm = algorithm
        self.problem = problem
        self.params = algorithm.default_params
        if hasattr(self.params, "std_init"):
            self.params = self.params.replace(std_init=jax.numpy.asarray(problem.sigma))
        self.key = jax.random.key(problem.seed)
        self.state = None
        if name != "DifferentialEvolution":
            self.state = algorithm.init(self.next_key(), jax.numpy.asarray(problem.start), self.params)

    def next_key(self):
        self.key, key = self.jax.random.split(self.key)
        return key

    def ask(self):
        if self.state is None:
            low, high = self.problem.priorLow, self.problem.priorHigh
            shape = (self.algorithm.population_size, self.problem.genes)
            drawn = self.jax.random.uniform(self.next_key(), shape, minval=low, maxval=high)
            self.points = drawn.at[0].set(self.problem.start)
        else:
            self.points, self.state = self.algorithm.ask(self.next_key(), self.state, self.params)
        return self.points

    def tell(self, values):
        values = self.jax.numpy.asarray(values)
        if self.state is None:
            self.state = self.algorithm.init(self.next_key(), self.points, values, self.params)
        else:
            self.state, _ = self.algorithm.tell(self.next_key(), self.points, values, self.state, self.params)
        # What was only begun is waited for.
        self.jax.block_until_ready(self.state)
        return ""


class CalledBack:
    """One that calls a function by itself: in a process of its own, which waits for values. It is ended with the next."""

    last = None

    def __init__(self, problem, minimise):
        if CalledBack.last is not None:
            CalledBack.last.kill()
            CalledBack.last.join()
        fork = multiprocessing.get_context("fork")
        self.pipe, theirs = fork.Pipe()
        CalledBack.last = fork.Process(target=CalledBack.run, args=(theirs, self.pipe, problem, minimise), daemon=True)
        CalledBack.last.start()
        theirs.close()
        self.own_ms = 0.0

    @staticmethod
    def run(pipe, other_end, problem, minimise):
        # Its copy of the other end would keep the pipe open when the process that asks has ended.
        other_end.close()
        began = time.perf_counter()

        def evaluate(point):
            nonlocal began
            pipe.send((list(point), 1000 * (time.perf_counter() - began)))
            try:
                value = pipe.recv()
            except EOFError:
                os._exit(0)
            began = time.perf_counter()
            return value

        pipe.send((str(minimise(evaluate, problem)), 0.0))

    def receive(self):
        try:
            point, ms = self.pipe.recv()
        except EOFError:
            raise RuntimeError("the optimiser ended without a reason") from None
        self.own_ms += ms
        self.next = point

    def ask(self):
        if not hasattr(self, "next"):
            self.receive()
        return [self.next]

    def tell(self, values):
        self.pipe.send(values[0])
        self.receive()
        return self.next if isinstance(self.next, str) else ""


def nomad(evaluate, problem):
    import PyNomad

    def black_box(point):
        value = evaluate([point.get_coord(i) for i in range(point.size())])
        point.setBBO(repr(value).encode())
        return 1

    bounds = [list(problem.low), list(problem.high)] if problem.bounded else [[], []]
    settings = [
        "BB_OUTPUT_TYPE OBJ",
        "DISPLAY_DEGREE 0",
        f"SEED {problem.seed}",
        f"DIMENSION {problem.genes}",
        f"INITIAL_FRAME_SIZE ( {' '.join(repr(float(step)) for step in problem.step)} )",
    ]
    return PyNomad.optimize(black_box, list(problem.start), *bounds, settings)["stop_reason"]


def scipy_de(evaluate, problem):
    from scipy.optimize import differential_evolution

    bounds = list(zip(problem.priorLow, problem.priorHigh))
    return differential_evolution(evaluate, bounds, x0=problem.start, rng=problem.seed).message


# Name, the distribution that it needs and the module of it, and how a search begins.
optimisers = {
    "pycma": ("cma", "cma", Pycma),
    "pycma-diagonal": ("cma", "cma", lambda problem: Pycma(problem, CMA_diagonal=True)),
    "cmaes": ("cmaes", "cmaes", CyberAgentCma),
    "nomad": ("PyNomadBBO", "PyNomad", lambda problem: CalledBack(problem, nomad)),
    "scipy-de": ("scipy", "scipy", lambda problem: CalledBack(problem, scipy_de)),
    "evosax-cma-es": ("evosax", "evosax", lambda problem: Evosax(problem, "CMA_ES")),
    "evosax-sep-cma-es": ("evosax", "evosax", lambda problem: Evosax(problem, "Sep_CMA_ES")),
    "evosax-xnes": ("evosax", "evosax", lambda problem: Evosax(problem, "xNES")),
    "evosax-snes": ("evosax", "evosax", lambda problem: Evosax(problem, "SNES")),
    "evosax-de": ("evosax", "evosax", lambda problem: Evosax(problem, "DifferentialEvolution")),
    "evosax-openai-es": ("evosax", "evosax", lambda problem: Evosax(problem, "Open_ES")),
}


def installed():
    return {
        name: f"{distribution} {importlib.metadata.version(distribution)}"
        for name, (distribution, module, _) in optimisers.items()
        if importlib.util.find_spec(module)
    }


def serve(begin):
    import numpy as np

    # Libraries print: what they say goes to standard error.
    answers = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)
    search, ms = None, 0.0
    for line in sys.stdin:
        message = json.loads(line)
        stopped = ""
        if "begin" in message:
            search, ms = begin(Problem(message["begin"])), 0.0
            began = time.perf_counter()
        else:
            began = time.perf_counter()
            stopped = search.tell(message["tell"])
        answer = {"stopped": stopped}
        if not stopped:
            points = np.asarray(search.ask(), dtype=np.float64)
        ms += 1000 * (time.perf_counter() - began)
        if not stopped:
            answer = {"points": base64.b64encode(points.tobytes()).decode(), "count": len(points)}
        answer["ms"] = getattr(search, "own_ms", ms)
        answers.write(json.dumps(answer) + "\n")
        answers.flush()


if __name__ == "__main__":
    if len(sys.argv) < 2:
        print(json.dumps(installed()))
    else:
        serve(optimisers[sys.argv[1]][2])
