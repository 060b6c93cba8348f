"""Runs the scripts that check-brian2.ts wrote, and compares what comes of them: python scripts/check-brian2.py FOLDER."""

import contextlib
import io
import json
import runpy
import sys
import time
from pathlib import Path

import brian2
import numpy as np
import sympy
from brian2 import BrianLogger, ms, prefs

prefs.codegen.target = 'numpy'  # needs no compiler
BrianLogger.suppress_hierarchy('brian2')

# What rounding decides: Brian 2 computes in SI units. These are told, and are no failure.
rounded = {
    'cell two-compartment, dendritic spikes': 'a dendritic spike waits until a sum of steps equals a time',
    'cell izhikevich, depolarizing-after-potential': 'its input begins where abs(t - 10) is 1',
    'cell izhikevich-2007, fast': 'u follows the cube of how far an upstroke overshoots',
    'cell adaptive-exponential, irregular': 'its course is chaotic',
}

folder = Path(sys.argv[1])
failed = 0
print(f'Brian {brian2.__version__}, NumPy {np.__version__}')
head = ('network', 'cells', 'spikes', 'other cells', 'furthest spike', 'weights', 'changed by', 'furthest weight', 'seconds')
print('{:44} {:>6} {:>7} {:>11} {:>14} {:>8} {:>11} {:>15} {:>8}'.format(*head))
for network in json.loads((folder / 'networks.json').read_text()):
    began = time.time()
    try:
        with contextlib.redirect_stdout(io.StringIO()):
            found = runpy.run_path(str(folder / f"{network['file']}.py"))
    except Exception as error:  # what Brian 2 says of a script is the finding
        print(f"{network['name']:44} FAILED: {error} {error.__cause__ or ''}")
        failed += 1
        continue
    cells = spikes = others = weights = 0
    furthest = apart = changed = 0.0
    for name, times in network['spikesMs'].items():
        cells += len(times)
        if name not in found['spikes']:
            continue
        monitor = found['spikes'][name]
        index, at = np.asarray(monitor.i), np.asarray(monitor.t / ms) + network['dtMs']
        for cell, expected in enumerate(times):
            own = at[index == cell]
            spikes += len(own)
            if len(own) != len(expected):
                others += 1
            elif len(own) > 0:
                furthest = max(furthest, float(np.abs(own - expected).max()))
    for name, of in network['weights'].items():
        before, after = np.asarray(of['before']), np.asarray(of['after'])
        own = np.asarray(found['weights'][name])
        # Brian 2 tells them in SI units.
        scale = 10.0 ** np.round(np.log10(np.abs(own).max() / np.abs(after).max())) if own.any() and after.any() else 1
        weights += len(own)
        changed = max(changed, float(np.abs(after - before).max()))
        apart = max(apart, float(np.abs(own / scale - after).max() / (np.abs(after).max() or 1)))
    same = others == 0 and furthest < network['dtMs'] / 2 and apart < 1e-9
    why = rounded.get(network['name'])
    failed += not same and why is None
    print(
        f"{network['name']:44} {cells:6} {spikes:7} {others:11} {furthest:11.1e} ms {weights:8} {changed:11.3g} "
        f"{apart:15.1e} {time.time() - began:8.1f}{'' if same else f'  rounding: {why}' if why else '  DIFFERS'}"
    )
    for remark in network['remarks']:
        print(f'    {remark}')
compared = 0
worst = 0.0
for rule in json.loads((folder / 'rules.json').read_text()):
    module = runpy.run_path(str(folder / f"{rule['file']}.py"))
    values = {sympy.Symbol(name, real=True): value for name, value in rule['values'].items()}
    for event, results in rule['results'].items():
        for (_, expression), expected in zip(module['events'][event], results, strict=True):
            own = float(sympy.sympify(expression).subs(values))
            apart = abs(own - expected) / max(1.0, abs(expected))
            compared += 1
            worst = max(worst, apart)
            if not apart < 1e-9:
                print(f"{rule['name']}, {event}: {own} in SymPy, {expected} in Baldwin")
                failed += 1
if compared > 0:
    print(f'{compared} statements of rules in SymPy {sympy.__version__}: furthest {worst:.1e}')
sys.exit(1 if failed else 0)
