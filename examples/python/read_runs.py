"""Reads what `baldwin export` wrote, and draws a learning curve and a raster.

    baldwin export latest --what steps,elites,champions,spikes,traces -o export/latest
    python read_runs.py export/latest

Needs numpy, pandas and matplotlib; pyarrow only where the files are Parquet.
"""

import sys
from pathlib import Path

import matplotlib

matplotlib.use("Agg")
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd


def read_csv(path):
    """A table to the bit: pandas before version 3 rounds in the last digit unless it is asked not to."""
    exact = {"float_precision": "round_trip"} if int(pd.__version__.split(".")[0]) < 3 else {}
    heads = pd.read_csv(path, nrows=0).columns
    words = {"study", "run", "arm", "name", "scale", "failed", "life", "scenario", "quantity", "population"}
    words |= {"model", "task", "strategy", "connectome", "status", "hash"}
    types = {head: str for head in heads if head in words}
    # An empty word is a word; an empty number is missing.
    table = pd.read_csv(path, dtype=types, keep_default_na=False, na_values=[""], **exact)
    return table.fillna({head: "" for head in types})


def read_npz(path):
    """A table from arrays by name; a matrix becomes one column for each of its own."""
    with np.load(path) as arrays:
        columns = {name: arrays[name] for name in arrays if arrays[name].ndim == 1 and not name.endswith(".columns")}
        tables = [pd.DataFrame(columns)]
        for name in arrays:
            if arrays[name].ndim == 2:
                tables.append(pd.DataFrame(arrays[name], columns=arrays[f"{name}.columns"]))
    return pd.concat(tables, axis=1)


READERS = {".csv": read_csv, ".npz": read_npz, ".parquet": pd.read_parquet}


def read_export(folder, format=None):
    """Every table in a folder, by name. Where it was exported in several formats, say which."""
    tables = {}
    for path in sorted(Path(folder).iterdir()):
        if path.suffix in READERS and format in (None, path.suffix[1:]):
            tables[path.stem] = READERS[path.suffix](path)
    if not tables:
        raise SystemExit(f"{folder}: there is no exported table here. Write some with: baldwin export RUN -o {folder}")
    return tables


def learning_curve(steps, path):
    """The best score so far of each run by evaluations."""
    figure, axes = plt.subplots(figsize=(7, 4), layout="constrained")
    for run, rows in steps.groupby("run", sort=False):
        # By objective, as the run itself tells its best; of equals the earlier stays, and failed candidates have none.
        # Where a branch is scored on something else, its best begins anew.
        part = (rows["anew"] & ~rows["anew"].shift(fill_value=False)).cumsum()
        before = rows.groupby(part)["objective"].transform(lambda values: values.cummax().shift().ffill())
        leads = rows["objective"] > before.fillna(-np.inf)
        best = rows["score"].where(leads).ffill()
        axes.step(rows["evaluations"], best, where="post", label=run)
    axes.set(xlabel="evaluations", ylabel="score of the best genome so far")
    axes.legend(fontsize="small")
    figure.savefig(path, dpi=150)
    plt.close(figure)


def raster(spikes, episodes, cells, path):
    """Spikes of the champion's first episode."""
    first = episodes[episodes["life"] == "champion"].iloc[0]
    own = spikes[(spikes["run"] == first["run"]) & (spikes["episode"] == first["episode"])]
    figure, axes = plt.subplots(figsize=(8, 5), layout="constrained")
    axes.plot(own["timeMs"], own["cell"], "|", color="black", markersize=3)
    count = int((cells["run"] == first["run"]).sum())
    axes.set(xlim=(0, first["durationMs"]), ylim=(-1, count), xlabel="time (ms)", ylabel="cell")
    axes.set_title(f"{first['run']}, {first['scenario']}: {len(own)} spikes of {count} cells")
    figure.savefig(path, dpi=150)
    plt.close(figure)


def main(folder):
    tables = read_export(folder)
    for name, table in tables.items():
        print(f"{name:28} {len(table):8} rows  {table.shape[1]:6} columns")
    folder = Path(folder)
    if "steps" in tables:
        learning_curve(tables["steps"], folder / "learning-curve.png")
        best = tables["steps"].groupby("run", sort=False)["score"].max()
        print("\nhighest score of a candidate\n" + best.to_string())
    if "champions" in tables and "genes" in tables:
        genes = tables["genes"].drop_duplicates("name").set_index("name")
        champion = tables["champions"].iloc[0]
        change = (champion[genes.index].astype(float) - genes["start"]).abs().sort_values(ascending=False)
        print(f"\ngenes of the champion of {champion['run']} that changed most\n" + change.head(5).to_string())
    if "spikes" in tables:
        raster(tables["spikes"], tables["episodes"], tables["cells"], folder / "raster.png")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        raise SystemExit(__doc__)
    main(sys.argv[1])
