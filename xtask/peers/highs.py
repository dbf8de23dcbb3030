#!/usr/bin/env python3
"""HiGHS (highspy): the whole as one mixed-integer programme. One thread, no gap allowed, all else as it comes."""
import highspy
import numpy
import rows

INFINITE = highspy.kHighsInf


class Programme:
    """Columns and rows as they are found."""

    def __init__(self):
        self.cost, self.low, self.high = [], [], []
        self.starts, self.columns, self.values, self.row_low, self.row_high = [0], [], [], [], []

    def column(self, cost, low, high):
        self.cost.append(cost)
        self.low.append(low)
        self.high.append(high)
        return len(self.cost) - 1

    def row(self, low, high, terms):
        for column, value in terms:
            self.columns.append(column)
            self.values.append(value)
        self.starts.append(len(self.columns))
        self.row_low.append(low)
        self.row_high.append(high)

    def model(self):
        model = highspy.HighsLp()
        model.num_col_, model.num_row_ = len(self.cost), len(self.row_low)
        model.sense_ = highspy.ObjSense.kMaximize
        as_array = lambda numbers: numpy.array(numbers, dtype=float)
        model.col_cost_, model.col_lower_, model.col_upper_ = map(as_array, (self.cost, self.low, self.high))
        model.row_lower_, model.row_upper_ = map(as_array, (self.row_low, self.row_high))
        model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        model.a_matrix_.start_ = numpy.array(self.starts, dtype=numpy.int32)
        model.a_matrix_.index_ = numpy.array(self.columns, dtype=numpy.int32)
        model.a_matrix_.value_ = as_array(self.values)
        model.integrality_ = [highspy.HighsVarType.kInteger] * len(self.cost)
        return model


def programme(problem):
    """Serving and further units of each edge are columns; so are each place that several edges share and each step of load."""
    made = Programme()
    edges = problem.edges
    by_place, by_practitioner = problem.by("place"), problem.by("practitioner")
    shared = {place for place, of in by_place.items() if len(of) > 1}
    serves, units, begun = [], [], {}
    for edge in edges:
        charge = 0 if edge.place in shared else problem.setup[edge.place]
        serves.append(made.column(edge.gain - charge, edge.pinned, 1))
        more = edge.most - edge.least
        units.append([(serves[-1], edge.least)])
        if more > 0:
            further = made.column(edge.unit, 0, more)
            units[-1].append((further, 1))
            made.row(-INFINITE, 0, [(further, 1), (serves[-1], -more)])
    for place, of in by_place.items():
        begun[place] = serves[of[0]]
        if place in shared:
            begun[place] = made.column(-problem.setup[place], 0, 1)
            for at in of:
                made.row(-INFINITE, 0, [(serves[at], 1), (begun[place], -1)])
    for of in problem.by("need").values():
        made.row(-INFINITE, 1, [(serves[at], 1) for at in of])
    for number, of in by_practitioner.items():
        practitioner(made, problem.practitioners[number], [(edges[at], units[at]) for at in of], begun)
    if problem.least_kept > 0:
        made.row(problem.least_kept, INFINITE, [(serves[at], 1) for at, edge in enumerate(edges) if edge.kept])
    return made, units


def practitioner(made, means, of, begun):
    load = [term for _, terms in of for term in terms]
    steps = [(made.column(-points, 0, most), -1) for most, points in means["steps"]]
    made.row(0, 0, load + steps)
    travel = [(column, 2 * edge.minutes * value) for edge, terms in of for column, value in terms]
    made.row(-INFINITE, means["travel"], travel)
    for bits, most in means["sets"]:
        made.row(-INFINITE, most, [term for edge, terms in of if edge.compat & ~bits == 0 for term in terms])
    places = {edge.place for edge, _ in of}
    if len(places) > means["sites"]:
        made.row(-INFINITE, means["sites"], [(begun[place], 1) for place in sorted(places)])


def main():
    problem, seconds, name, out = rows.asked()
    made, units = programme(problem)
    solver = highspy.Highs()
    for option, value in [("output_flag", False), ("threads", 1), ("mip_rel_gap", 0.0)]:
        solver.setOptionValue(option, value)
    solver.passModel(made.model())
    solver.setOptionValue("time_limit", rows.left(seconds))
    solver.run()
    info = solver.getInfo()
    found = list(solver.getSolution().col_value) if info.primal_solution_status == 2 else None
    lines = found and [
        [edge.need, edge.practitioner, round(sum(value * round(found[column]) for column, value in terms))]
        for edge, terms in zip(problem.edges, units)
        if found[terms[0][0]] > 0.5
    ]
    bound = info.mip_dual_bound
    rows.tell(name, out, lines, bound + problem.constant + 1e-6 if abs(bound) < 1e15 else None)


if __name__ == "__main__":
    main()
