"""Runs the scripts that check-nest.ts wrote, and compares what comes of them: python scripts/check-nest.py FOLDER."""

import contextlib
import io
import json
import runpy
import sys
from pathlib import Path

import nest
import numpy as np

nest.verbosity = nest.VerbosityLevel.ERROR

# Shares of the spikes that are to be at the same step. NEST integrates decaying currents exactly, so that cells near their threshold differ.
asked = {'leaky, delta': 1, 'leaky, exponential': 1, 'izhikevich, script': 1, 'short-term': 0.5, 'stdp': 0.8}

folder = Path(sys.argv[1])
failed = 0
print(f'NEST {nest.__version__}')
head = ('network', 'cells', 'spikes', 'in Baldwin', 'same step', 'weights', 'mean change', 'mean distance', 'correlation')
print('{:20} {:>6} {:>7} {:>10} {:>9} {:>8} {:>12} {:>13} {:>11}'.format(*head))
for network in json.loads((folder / 'networks.json').read_text()):
    with contextlib.redirect_stdout(io.StringIO()):
        found = runpy.run_path(str(folder / f"{network['file']}.py"))
    cells = spikes = expected = same = weights = 0
    moved = distance = correlation = float('nan')
    for name, (index, times) in found['spikes'].items():
        cells += len(network['spikesMs'][name])
        for cell, own in enumerate(network['spikesMs'][name]):
            here = np.round(np.asarray(times)[index == cell] / network['dtMs']).astype(int)
            there = np.round(np.asarray(own) / network['dtMs']).astype(int)
            spikes += len(here)
            expected += len(there)
            same += len(np.intersect1d(here, there))
    for name, connections in found['weights'].items():
        of = network['weights'][name]
        source, target = np.asarray(connections.source), np.asarray(connections.target)
        by_pair = dict(zip(zip(source - source.min(), target - target.min()), connections.weight))
        own = np.asarray([by_pair[pair] for pair in zip(of['pre'], of['post'])])
        before, after = 1000 * np.asarray(of['before']), 1000 * np.asarray(of['after'])  # nA to pA
        weights += len(own)
        moved, distance = np.abs(after - before).mean(), np.abs(own - after).mean()
        correlation = np.corrcoef(own - before, after - before)[0, 1]
    share = same / max(spikes, expected, 1)
    fits = share >= asked[network['name']]
    failed += not fits
    print(
        f"{network['name']:20} {cells:6} {spikes:7} {expected:10} {same:9} {weights:8} {moved:9.2g} pA {distance:10.2g} pA "
        f"{correlation:11.3f}{'' if fits else '  DIFFERS'}"
    )
    for remark in network['remarks']:
        print(f'    {remark}')
sys.exit(1 if failed else 0)
