#!/usr/bin/env python3
"""OR-Tools CP-SAT: serving as Booleans, further units as integers. One worker, all else as it comes."""
import rows
from ortools.sat.python import cp_model


def practitioner(model, means, of, begun, worth):
    """`of`: edges with their units as an expression."""
    steps = []
    for most, points in means["steps"]:
        steps.append(model.new_int_var(0, most, ""))
        worth.append(-points * steps[-1])
    model.add(sum(units for _, units in of) == sum(steps))
    model.add(sum(2 * edge.minutes * units for edge, units in of) <= means["travel"])
    for bits, most in means["sets"]:
        model.add(sum(units for edge, units in of if edge.compat & ~bits == 0) <= most)
    places = {edge.place for edge, _ in of}
    if len(places) > means["sites"]:
        model.add(sum(begun[place] for place in sorted(places)) <= means["sites"])


def build(problem):
    model = cp_model.CpModel()
    serves, units, begun, worth = [], [], {}, []
    for edge in problem.edges:
        serves.append(model.new_bool_var(""))
        units.append(edge.least * serves[-1])
        worth.append(edge.gain * serves[-1])
        more = edge.most - edge.least
        if more > 0:
            further = model.new_int_var(0, more, "")
            model.add(further <= more * serves[-1])
            units[-1] = units[-1] + further
            worth.append(edge.unit * further)
        if edge.pinned:
            model.add(serves[-1] == 1)
    for place, of in problem.by("place").items():
        begun[place] = serves[of[0]] if len(of) == 1 else model.new_bool_var("")
        worth.append(-problem.setup[place] * begun[place])
        for at in of if len(of) > 1 else []:
            model.add_implication(serves[at], begun[place])
    for of in problem.by("need").values():
        model.add_at_most_one(serves[at] for at in of)
    for number, of in problem.by("practitioner").items():
        edges = [(problem.edges[at], units[at]) for at in of]
        practitioner(model, problem.practitioners[number], edges, begun, worth)
    if problem.least_kept > 0:
        model.add(sum(one for one, edge in zip(serves, problem.edges) if edge.kept) >= problem.least_kept)
    model.maximize(sum(worth))
    return model, serves, units


def main():
    problem, seconds, name, out = rows.asked()
    model, serves, units = build(problem)
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.max_time_in_seconds = rows.left(seconds)
    found = solver.solve(model) in (cp_model.OPTIMAL, cp_model.FEASIBLE)
    lines = [
        [edge.need, edge.practitioner, solver.value(given)]
        for edge, one, given in zip(problem.edges, serves, units)
        if solver.boolean_value(one)
    ] if found else None
    rows.tell(name, out, lines, solver.best_objective_bound + problem.constant + 1e-6)


if __name__ == "__main__":
    main()
