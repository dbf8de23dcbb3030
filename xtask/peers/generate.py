#!/usr/bin/env python3
"""Makes instances of the format alongside-alloc/1: generate.py SCALE SEED OUT.json[.gz]

Standard library only; all chance comes from random.Random(f"{scale}/{seed}"), so scale and seed always give the same
instance. The order in which numbers are drawn is part of that: it must stay. Everything about schools and people here is
made up; frequencies are choices, not findings."""
import gzip
import json
import math
import random
import sys

# Easting and northing in kilometres and weight in thousands, roughly those of English towns.
TOWNS = [
    (530, 180, 8900), (407, 287, 1140), (384, 398, 2700), (335, 390, 860), (430, 433, 800), (435, 387, 730),
    (425, 564, 830), (359, 173, 620), (457, 340, 640), (459, 304, 510), (433, 279, 430), (416, 433, 530),
    (440, 357, 330), (388, 346, 350), (390, 298, 260), (442, 112, 300), (465, 102, 540), (408, 93, 380),
    (293, 93, 130), (248, 55, 260), (386, 200, 120), (473, 173, 320), (451, 206, 160), (505, 222, 220),
    (475, 262, 220), (485, 239, 250), (546, 258, 150), (616, 245, 145), (623, 308, 215), (519, 299, 200),
    (497, 371, 105), (509, 428, 320), (460, 452, 150), (449, 520, 380), (439, 557, 280), (528, 410, 90),
    (354, 429, 140), (331, 436, 140), (347, 468, 50), (340, 556, 75), (427, 542, 50), (429, 514, 105),
    (531, 105, 290), (561, 115, 100), (632, 141, 110), (615, 158, 55), (576, 155, 280), (587, 168, 60),
    (600, 225, 190), (588, 186, 180), (571, 207, 110), (517, 206, 120), (463, 152, 115), (415, 184, 230),
    (415, 130, 45), (369, 91, 15), (182, 45, 30), (323, 125, 65), (351, 240, 55), (350, 213, 20), (349, 312, 75),
    (369, 411, 330), (358, 405, 100), (341, 366, 80), (389, 413, 100), (371, 428, 140), (412, 390, 60),
    (408, 425, 90), (430, 401, 250), (457, 403, 300), (444, 393, 110), (470, 330, 40), (482, 310, 35),
    (520, 260, 25), (562, 302, 40), (553, 280, 25), (486, 190, 120), (499, 150, 140), (477, 455, 15),
    (504, 488, 60), (420, 505, 30), (410, 524, 20), (405, 380, 45), (381, 277, 40), (418, 255, 30), (431, 265, 90),
    (393, 223, 115),
]
# Towns of one authority, from its middle.
AUTHORITIES = [
    [(0, 0, 300), (14, 8, 90), (-11, 13, 60), (6, -15, 120), (-16, -6, 40)],
    [(0, 0, 900), (9, 4, 200), (-7, 6, 150)],
    [(0, 0, 80), (20, 15, 60), (-22, 10, 50), (12, -20, 40), (-15, -18, 45), (28, -4, 25)],
]
TAGS = [
    "english", "maths", "science", "ict", "mfl", "design-technology", "art", "music", "pe", "history", "geography",
    "re", "drama", "business", "early-years", "sen", "eal", "behaviour", "assessment", "questioning", "nqt-itt",
    "14-19-vocational", "literacy-across", "numeracy-across",
]
WANTED = [14, 14, 11, 9, 7, 5, 3, 3, 4, 3, 3, 2, 2, 2, 4, 6, 3, 9, 7, 3, 6, 3, 4, 4]
HELD = [13, 13, 12, 10, 8, 6, 4, 4, 5, 4, 4, 2, 3, 2, 3, 5, 2, 4, 4, 2, 5, 2, 3, 3]
PHASES = ["early", "primary", "secondary", "post16", "special"]
PHASE_QUALITY = [
    [100, 75, 0, 0, 60], [70, 100, 60, 0, 70], [0, 70, 100, 85, 65], [0, 0, 80, 100, 55], [55, 70, 70, 60, 100],
]
OUTCOMES = ["outstanding", "good", "satisfactory", "serious-weaknesses", "special-measures"]
OUTCOME_WEIGHT = [1, 2, 3, 6, 10]
OUTCOME_FREQUENCY = [13, 42, 34, 7, 4]
EVERY_HALF_DAY = (1 << 10) - 1
CELL = 6000
PEOPLE = [
    "home", "skills", "blocks", "cap", "travel_minutes", "max_one_way", "max_sites", "new", "existing",
    "conflict_sites",
]
NEEDS = ["site", "tag", "phase", "min", "max", "vmin", "vextra", "mask", "choice", "only", "block"]


def parameters(unit, exclude_home):
    return {
        "unit": unit, "exclude_home": exclude_home, "tags": TAGS, "phases": PHASES, "phase_quality": PHASE_QUALITY,
        "strength_quality": [0, 65, 85, 100], "outcomes": OUTCOMES, "challenging_outcome": 4,
        "travel": {"base_min": 5, "detour_num": 13, "detour_den": 10, "urban_m": 8000, "urban_m_per_min": 467,
                   "open_m_per_min": 1000},
        "weights": {"travel_cost": 1, "continuity": 300, "choice": [400, 200, 100], "setup": 250,
                    "cross_authority": 150, "tier_pct": [60, 80, 95], "tier_cost": [20, 60, 150],
                    "change": {"offered": 200, "accepted": 800, "started": 3000}},
        "max_changes": None,
    }


def pick(chance, weights):
    """A position, as often as its weight says."""
    left = chance.random() * sum(weights)
    for position, weight in enumerate(weights):
        left -= weight
        if left < 0:
            return position
    return len(weights) - 1


def half_days(chance, count):
    return sum(1 << bit for bit in chance.sample(range(10), count))


def dose(chance, outcome, unit):
    if unit == "half-day":
        least = chance.choice([2, 2, 2, 3, 3, 4]) + {3: 2, 4: 3}.get(outcome, 0)
        return least, least + chance.choice([0, 1, 2, 2, 3, 4, 6])
    least = chance.choice([1, 1, 1, 2, 2, 3, 4])
    most = least + chance.choice([0, 1, 1, 2, 4])
    return (8, 14) if chance.random() < 0.06 else (least, most)


def add(columns, **row):
    for name, value in row.items():
        columns[name].append(value)


def cell(x, y, size=CELL):
    return x // size, y // size


def places(chance, count, towns, offset, seats):
    """Sites around towns, each of the authority whose seat is nearest."""
    weights = [weight for _, _, weight in towns]
    xs, ys = [], []
    for _ in range(count):
        town = towns[pick(chance, weights)]
        spread = 18.0 if chance.random() < 0.25 else 1.2 + 0.16 * math.sqrt(town[2])
        xs.append(int(1000 * (town[0] + offset[0] + chance.gauss(0, spread))))
        ys.append(int(1000 * (town[1] + offset[1] + chance.gauss(0, spread))))
    at = [chance.randrange(count) for _ in range(seats)]
    nearest, authorities = {}, []
    for x, y in zip(xs, ys):
        key = cell(x, y, 4000)
        if key not in nearest:
            cx, cy = key[0] * 4000 + 2000, key[1] * 4000 + 2000
            nearest[key] = min(range(seats), key=lambda seat: (xs[at[seat]] - cx) ** 2 + (ys[at[seat]] - cy) ** 2)
        authorities.append(nearest[key])
    return xs, ys, authorities


def outreach_sites(chance, count, towns, offsets, seats):
    sites = {name: [] for name in ["x", "y", "phase", "authority", "outcome"]}
    each = count // len(offsets)
    for number, offset in enumerate(offsets):
        last = number == len(offsets) - 1
        xs, ys, authorities = places(chance, count - each * number if last else each, towns, offset, seats)
        sites["x"] += xs
        sites["y"] += ys
        sites["authority"] += [number * seats + authority for authority in authorities]
    sites["phase"] = [pick(chance, [3, 74, 16, 2, 5]) for _ in range(count)]
    sites["outcome"] = [pick(chance, OUTCOME_FREQUENCY) for _ in range(count)]
    return sites


def outreach_skills(chance, phase):
    count = chance.choice([2, 3, 3, 4]) if phase <= 1 else chance.choice([1, 2, 2, 3])
    best = {}
    for number in range(count):
        tag = pick(chance, HELD)
        best[tag] = max(best.get(tag, 0), 3 if number == 0 else chance.choice([1, 2, 2, 3]))
    for tag in chance.sample([17, 18, 19, 20, 22, 23], chance.choice([1, 2, 3, 4])):
        best[tag] = max(best.get(tag, 0), chance.choice([1, 1, 2, 2, 3]))
    return [[tag, phase, strength] for tag, strength in sorted(best.items())]


def outreach_blocks(chance, phase, new):
    share = chance.choice([50, 60, 70, 80, 90, 100]) * (50 if new else 100)
    units = 76 * share // 10000
    if phase <= 1 and chance.random() < 0.6:
        return [[EVERY_HALF_DAY, max(6, units)]]
    count = 2 if chance.random() < 0.8 else 3
    return [[1 << bit, max(3, units // count)] for bit in sorted(chance.sample(range(10), count))]


def outreach_people(chance, count, sites):
    by_phase = {phase: [] for phase in range(5)}
    by_cell = {}
    for site, phase in enumerate(sites["phase"]):
        by_phase[phase].append(site)
        by_cell.setdefault(cell(sites["x"][site], sites["y"][site]), []).append(site)
    people = {name: [] for name in PEOPLE}
    for _ in range(count):
        phase = pick(chance, [3, 20, 66, 3, 8])
        if not by_phase[phase]:
            phase = 1 if by_phase[1] else sites["phase"][0]
        for _ in range(6):  # mostly from sites that are good or better
            home = by_phase[phase][chance.randrange(len(by_phase[phase]))]
            if sites["outcome"][home] <= 2:
                break
        new = 1 if chance.random() < 0.25 else 0
        skills = outreach_skills(chance, phase)
        blocks = outreach_blocks(chance, phase, new)
        cap = sum(units for _, units in blocks)
        travel = cap * chance.choice([30, 36, 44, 50, 60])
        one_way = chance.choice([30, 35, 40, 45, 60])
        most_sites = chance.choice([2, 3]) if new else chance.choice([4, 5, 6, 7, 8, 10])
        column, row = cell(sites["x"][home], sites["y"][home])
        around = [(column + dx, row + dy) for dx in (-1, 0, 1) for dy in (-1, 0, 1)]
        near = [site for key in around for site in by_cell.get(key, ()) if site != home]
        existing = sorted(chance.sample(near, min(len(near), 0 if new else chance.choice([0, 1, 2, 3]))))
        other = [site for site in near if site not in existing]
        conflicts = sorted(chance.sample(other, min(len(other), chance.choice([0, 0, 0, 1, 2]))))
        add(people, home=home, skills=skills, blocks=blocks, cap=cap, travel_minutes=travel, max_one_way=one_way,
            max_sites=most_sites, new=new, existing=existing, conflict_sites=conflicts)
    return people


def outreach_needs(chance, count, sites, people):
    phase, outcome = sites["phase"], sites["outcome"]
    weights = [1.0 + 0.5 * (of >= 2) + 1.5 * (of >= 3) + (2 if phase[site] == 2 else 0)
               for site, of in enumerate(outcome)]
    homes = {}
    for practitioner, home in enumerate(people["home"]):
        homes.setdefault(cell(sites["x"][home], sites["y"][home]), []).append(practitioner)
    needs = {name: [] for name in NEEDS}
    for site in sorted(chance.choices(range(len(phase)), weights=weights, k=count)):
        least, most = dose(chance, outcome[site], "half-day")
        weight = OUTCOME_WEIGHT[outcome[site]]
        tag = pick(chance, WANTED)
        mask = EVERY_HALF_DAY if chance.random() < 0.25 else half_days(chance, chance.choice([4, 5, 6, 7, 8]))
        local = homes.get(cell(sites["x"][site], sites["y"][site]), [])
        choice, block = [], []
        if local and chance.random() < 0.12:
            choice = chance.sample(local, min(len(local), chance.choice([1, 2, 3])))
        if local and chance.random() < 0.03:
            block = [one for one in [chance.choice(local)] if one not in choice]
        add(needs, site=site, tag=tag, phase=phase[site], min=least, max=most, vmin=weight * (200 + 200 * least),
            vextra=weight * 120, mask=mask, choice=choice, only=0, block=block)
    return needs


def outreach(chance, size, towns, offsets, seats):
    sites = outreach_sites(chance, size[1], towns, offsets, seats)
    people = outreach_people(chance, size[0], sites)
    needs = outreach_needs(chance, size[2], sites, people)
    return {"params": parameters("half-day", True), "sites": sites, "practitioners": people, "needs": needs}


def college_people(chance, count, areas):
    order = list(range(areas))
    chance.shuffle(order)
    people = {name: [] for name in PEOPLE}
    for number in range(count):
        new = 1 if chance.random() < 0.2 else 0
        units = chance.choice([40, 50, 50, 60, 80]) * (6 if new else 10) // 10
        blocks = chance.choice([2, 3, 3, 4])
        blocks = [[1 << bit, max(4, units // blocks)] for bit in sorted(chance.sample(range(10), blocks))]
        cap = sum(units for _, units in blocks)
        strong = set(chance.sample(range(len(TAGS)), 5))
        skills = [[tag, 3, 3 if tag in strong else (2 if chance.random() < 0.6 else 1)]
                  for tag in range(len(TAGS)) if tag in strong or chance.random() < 0.8]
        home = chance.randrange(areas)
        existing = sorted(order[at] for at in range(areas) if at % count == number and not new)
        drawn = chance.sample(range(areas), min(areas, chance.choice([0, 0, 1])))
        conflicts = sorted(area for area in drawn if area not in existing)
        most = max(2, (2 * areas + count - 1) // count) + (0 if new else 2)
        add(people, home=home, skills=skills, blocks=blocks, cap=cap, travel_minutes=cap * 20, max_one_way=60,
            max_sites=most, new=new, existing=existing, conflict_sites=conflicts)
    return people


def college_needs(chance, count, people, outcome):
    areas = len(outcome)
    rows = [(area, True) for area in range(areas)]
    rows += [(chance.randrange(areas), False) for _ in range(count - areas)]
    needs = {name: [] for name in NEEDS}
    for area, nominated in sorted(rows, key=lambda row: row[0]):
        if nominated:  # two sessions a term of the area's own practitioner, with preparation
            least = most = 6
            weight, mask, choice, only, block = 8, EVERY_HALF_DAY, [], 0, []
            tag = chance.choice([18, 19, 22, 17])
        else:
            least, most = dose(chance, outcome[area], "hour")
            weight = chance.choice([2, 2, 3, 3, 3, 4]) if least < 8 else 9
            mask = half_days(chance, chance.choice([3, 4, 5, 6, 7]))
            tag = pick(chance, WANTED)
            wished = chance.random() < 0.4
            choice = chance.sample(range(people), min(people, chance.choice([1, 2, 3]))) if wished else []
            only = 1 if choice and chance.random() < 0.3 else 0
            other = [one for one in range(people) if one not in choice]
            block = sorted(chance.sample(other, min(len(other), 1))) if chance.random() < 0.1 else []
        add(needs, site=area, tag=tag, phase=3, min=least, max=most, vmin=weight * (200 + 200 * least),
            vextra=weight * 120, mask=mask, choice=choice, only=only, block=block)
    return needs


def college(chance, size):
    people, areas, count = size
    campuses = [(355000, 422000), (356500, 418500)] + ([(361000, 425000)] if people > 10 else [])
    sites = {name: [] for name in ["x", "y", "phase", "authority", "outcome"]}
    for _ in range(areas):
        x, y = campuses[pick(chance, [5, 3, 2][:len(campuses)])]
        add(sites, x=x + chance.randrange(150), y=y + chance.randrange(150), phase=3,
            outcome=pick(chance, [15, 45, 30, 8, 2]), authority=0)
    practitioners = college_people(chance, people, areas)
    needs = college_needs(chance, count, people, sites["outcome"])
    return {"params": parameters("hour", False), "sites": sites, "practitioners": practitioners, "needs": needs}


# Practitioners, sites, needs.
SIZES = {
    "college-s": (5, 8, 50), "college-m": (10, 16, 200), "college-l": (20, 30, 600), "lea": (50, 250, 800),
    "nation": (1550, 20000, 30000), "ten-nations": (15500, 200000, 300000),
}


def make(scale, seed):
    # Ten nations were called otherwise when their numbers were first drawn.
    chance = random.Random(f"{'stretch' if scale == 'ten-nations' else scale}/{seed}")
    size = SIZES[scale]
    head = {"format": "alongside-alloc/1", "name": f"{scale}-{seed}", "scale": scale, "seed": seed}
    if scale.startswith("college"):
        rest = college(chance, size)
    elif scale == "lea":
        towns = [(400 + x, 300 + y, weight) for x, y, weight in chance.choice(AUTHORITIES)]
        rest = outreach(chance, size, towns, [(0, 0)], 1)
    elif scale == "nation":
        rest = outreach(chance, size, TOWNS, [(0, 0)], 150)
    else:
        rest = outreach(chance, size, TOWNS, [(700 * (n % 5), 700 * (n // 5)) for n in range(10)], 150)
    return {**head, **rest, "previous": None}


def main():
    scale, seed, out = sys.argv[1:]
    text = json.dumps(make(scale, int(seed)), separators=(",", ":")).encode()
    with open(out, "wb") as file:
        if out.endswith(".gz"):
            with gzip.GzipFile(filename="", mode="wb", fileobj=file, mtime=0, compresslevel=9) as packed:
                packed.write(text)
        else:
            file.write(text)


if __name__ == "__main__":
    main()
