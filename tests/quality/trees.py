"""
trees.py - boosted trees learned from a re-ranker's examples, by LightGBM

    python trees.py EXAMPLES MODEL

EXAMPLES is what `sotto train --examples` wrote, questions in order of time, with EXAMPLES.query beside
it. How many trees of how many leaves, and which loss, is chosen on the second half of the questions,
learned from the first: the fewest bytes of those that do about as well as the best. The trees that
are saved as MODEL then learn from all. What was found is printed as one JSON object.

Percentages are of questions whose answer is among the candidates; there are no others here.
"""
import json
import os
import sys
import time

import lightgbm
import numpy

LOSSES = ["softmax", "lambdarank"]
LEAVES = [8, 31]
TREES = [25, 50, 75, 100, 150, 200, 300]
CLOSE = 0.15  # of HR@20 + MRR@20, in points: less is chance
FIXED = {
    "learning_rate": 0.1, "min_data_in_leaf": 50, "seed": 1, "deterministic": True,
    "force_row_wise": True, "num_threads": int(os.environ.get("JOBS", "2")), "verbosity": -1,
}


def softmax(scores, data):
    """The loss that the network learns by: ln(sum e^score) - score of what came next."""
    sizes = data.get_group().astype(int)
    starts = numpy.concatenate([[0], numpy.cumsum(sizes)])[:-1]
    most = numpy.repeat(numpy.maximum.reduceat(scores, starts), sizes)
    odds = numpy.exp(scores - most)
    share = odds / numpy.repeat(numpy.add.reduceat(odds, starts), sizes)
    return share - data.get_label(), 2 * share * (1 - share)


def learn(path, loss, leaves, trees):
    options = {**FIXED, "num_leaves": leaves, "objective": softmax if loss == "softmax" else loss}
    return lightgbm.train(options, lightgbm.Dataset(path, params=options), num_boost_round=trees)


def size_of(leaves, trees):
    """Bytes at most, by FORMAT.md 5a.8."""
    return 8 + trees * (2 + 5 * (leaves - 1) + leaves)


class Judge:
    """Knows what was right in each question of a file."""

    def __init__(self, path):
        with open(path, "rb") as rows:
            labels = numpy.frombuffer(bytes(line[0] for line in rows), dtype=numpy.uint8)
        sizes = numpy.loadtxt(path + ".query", dtype=int, ndmin=1)
        self.path = path
        self.starts = numpy.concatenate([[0], numpy.cumsum(sizes)])[:-1]
        self.right = numpy.repeat(numpy.flatnonzero(labels == ord("1")), sizes)
        self.numbers = numpy.arange(len(labels))

    def ask(self, model, trees):
        scores = model.predict(self.path, num_iteration=trees, raw_score=True)
        right = scores[self.right]
        first = (scores > right) | ((scores == right) & (self.numbers < self.right))
        ranks = numpy.add.reduceat(first.astype(int), self.starts) + 1
        found = ranks <= 20
        return 100 * found.mean(), 100 * (found / ranks).mean()


def halve(path):
    """Writes both halves of the questions beside the examples."""
    halves = [path + ".first", path + ".second"]
    with open(path + ".query") as file:
        sizes = file.readlines()
    middle = len(sizes) // 2
    left = sum(map(int, sizes[:middle]))
    with open(path, "rb") as rows, open(halves[0], "wb") as a, open(halves[1], "wb") as b:
        for number, line in enumerate(rows):
            (a if number < left else b).write(line)
    for half, some in zip(halves, [sizes[:middle], sizes[middle:]]):
        with open(half + ".query", "w") as file:
            file.writelines(some)
    return halves


def try_all(path):
    first, second = halve(path)
    judge, tried = Judge(second), []
    for loss in LOSSES:
        for leaves in LEAVES:
            most = max(TREES) if leaves <= 8 else 150
            model = learn(first, loss, leaves, most)
            for trees in [number for number in TREES if number <= most]:
                hr, mrr = judge.ask(model, trees)
                tried.append({"loss": loss, "leaves": leaves, "trees": trees,
                              "tail_hr20": hr, "tail_mrr20": mrr, "bytes": size_of(leaves, trees)})
            print(tried[-1], file=sys.stderr, flush=True)
    for half in [first, second]:
        os.remove(half)
        os.remove(half + ".query")
    return tried


def main(path, model_path):
    worth = lambda one: one["tail_hr20"] + one["tail_mrr20"]
    begun = time.process_time()
    tried = try_all(path)
    best = max(map(worth, tried))
    chosen = min((one for one in tried if worth(one) > best - CLOSE), key=lambda one: one["bytes"])
    fitting = time.process_time()
    model = learn(path, chosen["loss"], chosen["leaves"], chosen["trees"])
    now = time.process_time()
    model.save_model(model_path)
    print(json.dumps({**chosen, "fit_cpu_s": now - fitting, "choose_cpu_s": fitting - begun,
                      "lightgbm": lightgbm.__version__, "tried": tried}))


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__.strip())
    main(*sys.argv[1:])
