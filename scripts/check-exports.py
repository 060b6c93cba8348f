"""Reads what scripts/check-exports.ts exported, in every format, and compares the values to the bit."""

import json
import sys
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parent.parent / "examples" / "python"))
import read_runs  # noqa: E402


def bits(values):
    """Numbers as their bits, all NaN being one; words as they are."""
    values = np.asarray(values)
    if values.dtype.kind not in "fiub":
        return [str(value) for value in values]
    floats = values.astype("float64")
    return np.where(np.isnan(floats), np.nan, floats).view("uint64").tolist()


def same(what, first, second):
    if list(first.columns) != list(second.columns):
        raise SystemExit(f"{what}: the columns differ")
    for column in first.columns:
        if bits(first[column]) != bits(second[column]):
            raise SystemExit(f"{what}: the column {column} differs")


def main(folder, run, formats):
    exports = {of: read_runs.read_export(folder / of, of) for of in formats}
    (first, tables), *others = exports.items()
    for of, found in others:
        if list(found) != list(tables):
            raise SystemExit(f"{of}: other tables than {first}: {list(found)} and {list(tables)}")
        for name in tables:
            same(f"{name}: {first} and {of}", tables[name], found[name])

    # Against what the run itself has on disk.
    lines = (run / "steps.jsonl").read_text().splitlines()
    records = [json.loads(line) for line in lines]
    steps = tables["steps"]
    own = steps[steps["run"] == run.name]
    for column, field in (("score", "score"), ("objective", "objective")):
        expected = [np.nan if value is None else value for record in records for value in record[field]]
        if bits(own[column]) != bits(expected):
            raise SystemExit(f"steps: {column} is not what the run recorded")
    champion = json.loads((run / "champion.json").read_text())
    exported = tables["champions"][tables["champions"]["run"] == run.name].iloc[0]
    for name, _, value in champion["changes"]:
        if bits([exported[name]]) != bits([value]):
            raise SystemExit(f"champions: the gene {name} is not what the run recorded")

    read_runs.learning_curve(steps, folder / "learning-curve.png")
    read_runs.raster(tables["spikes"], tables["episodes"], tables["cells"], folder / "raster.png")
    rows = sum(len(table) for table in tables.values())
    print(f"{len(tables)} tables with {rows} rows in {', '.join(exports)}: the same to the bit")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3].split(","))
