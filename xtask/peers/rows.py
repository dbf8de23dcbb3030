"""What `peers rows` of the crate allocation writes (its example says what stands where), and plans as they are judged."""
import json
import sys
import time
from collections import defaultdict, namedtuple

BEGUN = time.monotonic()
Edge = namedtuple("Edge", "practitioner need place least most minutes compat pinned kept gain unit")


class Rows:
    def __init__(self, file):
        with open(file) as lines:
            people, self.needs, places, edges, self.constant, self.least_kept = map(int, next(lines).split())
            self.practitioners = [practitioner(next(lines)) for _ in range(people)]
            self.setup = [int(next(lines)) for _ in range(places)]
            self.edges = [Edge(*map(int, next(lines).split())) for _ in range(edges)]

    def by(self, name):
        """Positions of edges by practitioner, need or place."""
        found = defaultdict(list)
        for position, edge in enumerate(self.edges):
            found[getattr(edge, name)].append(position)
        return found


def practitioner(line):
    numbers = iter(map(int, line.split()))
    hours, travel, sites = next(numbers), next(numbers), next(numbers)
    pairs = [[(next(numbers), next(numbers)) for _ in range(next(numbers))] for _ in range(2)]
    return {"hours": hours, "travel": travel, "sites": sites, "sets": pairs[0], "steps": pairs[1]}


def asked():
    """Rows, seconds and the files from the command line: PEER ROWS SECONDS NAME OUT."""
    _, rows, seconds, name, out = sys.argv
    return Rows(rows), float(seconds), name, out


def left(seconds):
    """What is left of the time, reading and building taken off."""
    return max(0.1, seconds - (time.monotonic() - BEGUN))


def tell(name, out, lines, bound):
    """Writes the plan, where there is one, and prints the bound."""
    if lines is not None:
        with open(out, "w") as file:
            json.dump({"instance": name, "assign": lines}, file)
    print(bound if bound is None else int(bound // 1))
