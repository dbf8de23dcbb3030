//! Small releases, each worked out by hand.

use super::run;
use serde_json::{Value, json};

fn interval(lo: u8, hi: u8, verdict: &str) -> Value {
    json!({"lo": lo, "hi": hi, "verdict": verdict})
}

fn people(from: u8, to: u8) -> Vec<String> {
    (from..=to).map(|person| format!("p{person:02}")).collect()
}

fn found(release: &Value) -> Value {
    run(&release.to_string())
}

/// R-REL-3, R-REL-5: alone the areas share 28 people out between B and C; a second table has A and B together.
#[test]
fn a_linked_table_tells_what_the_first_one_hides() {
    let cells = json!([{"id": "A", "value": 12}, {"id": "B", "suppressed": true, "pop": 30},
        {"id": "C", "suppressed": true, "pop": 30}, {"id": "T", "value": 40}]);
    let areas = json!({"terms": {"A": 1, "B": 1, "C": 1, "T": -1}, "lo": 0, "hi": 0});
    let alone = found(&json!({"cells": cells, "relations": [areas]}));
    assert_eq!(alone["cells"], json!({"B": interval(0, 28, "OK"), "C": interval(0, 28, "OK")}));
    assert_eq!(alone["disclosed"], json!([]));
    let mut linked = cells;
    linked.as_array_mut().unwrap().push(json!({"id": "A and B", "lo": 15, "hi": 17}));
    let faculty = json!({"terms": {"A": 1, "B": 1, "A and B": -1}, "lo": 0, "hi": 0});
    let found = found(&json!({"cells": linked, "relations": [areas, faculty]}));
    assert_eq!(found["cells"]["B"], interval(3, 5, "NARROW"));
    assert_eq!(found["cells"]["C"], interval(23, 25, "NARROW"));
}

/// R-REL-3: whoever had it in a term had it in the year, so a year of six leaves a term of five to nine two values.
#[test]
fn a_year_narrows_its_terms_on_cells_and_on_people() {
    let year = json!({"id": "Y", "value": 6, "protect": false});
    let cells = json!([{"id": "T1", "lo": 5, "hi": 9, "pop": 20}, {"id": "T2", "lo": 0, "hi": 4, "pop": 20}, year]);
    let on_cells = found(&json!({"cells": cells, "implications": [["T1", "Y"], ["T2", "Y"]]}));
    assert_eq!(on_cells["cells"], json!({"T1": interval(5, 6, "NARROW"), "T2": interval(0, 4, "OK")}));
    let all = people(1, 12);
    let cell = |id: &str, lo: u8, hi: u8| json!({"id": id, "measure": id, "members": all, "lo": lo, "hi": hi});
    let cells = [cell("t1", 5, 9), cell("t2", 0, 4), cell("y", 0, 6)];
    let on_people = found(&json!({"cells": cells, "implications": [["t1", "y"], ["t2", "y"]]}));
    let wanted = json!({"t1": interval(5, 6, "NARROW"), "t2": interval(0, 4, "OK"), "y": interval(5, 6, "NARROW")});
    assert_eq!(on_people["cells"], wanted);
    assert_eq!(on_people["people"], json!({}));
}

/// R-REL-3: over two steps too, and a year of nobody is a term of nobody.
#[test]
fn implications_carry_from_step_to_step() {
    let (a, b) = (people(1, 5), people(6, 20));
    let cells = json!([{"id": "week", "measure": "w", "members": a, "suppressed": true},
        {"id": "year a", "measure": "y", "members": a, "value": 0, "protect": false},
        {"id": "year b", "measure": "y", "members": b, "lo": 5, "hi": 9}]);
    let found = found(&json!({"cells": cells, "implications": [["w", "t"], ["t", "y"]]}));
    assert_eq!(found["cells"]["week"], interval(0, 0, "EXACT"));
    assert_eq!(found["people"]["p03"], json!({"t": 0, "w": 0, "y": 0}));
    assert_eq!(found["people"]["p07"], Value::Null);
    assert_eq!(found["cells"]["year b"], interval(5, 9, "OK"));
}

/// R-REL-3: 13 people at least 10, 12 of them at most 9.
#[test]
fn nested_filters_of_bands_fix_whoever_lies_between() {
    let cell = |id: &str, to: u8, lo: u8, hi: u8| json!({"id": id, "members": people(1, to), "lo": lo, "hi": hi});
    let one = found(&json!({"cells": [cell("in", 12, 5, 9), cell("out", 13, 10, 13)]}));
    assert_eq!(one["cells"], json!({"in": interval(9, 9, "EXACT"), "out": interval(10, 10, "EXACT")}));
    assert_eq!(one["people"], json!({"p13": {"": 1}}));
    let six = found(&json!({"cells": [cell("in", 12, 5, 9), cell("out", 18, 10, 14)]}));
    assert_eq!(six["cells"], json!({"in": interval(5, 9, "OK"), "out": interval(10, 14, "OK")}));
    assert_eq!(six["disclosed"], json!([]));
}

/// R-REL-10: why a year's area is often not shown. Somebody moved into an area of ten to fourteen in the second term; if only
/// five to nine of those who began there had the measure all year, it was ten, and whoever moved in is the tenth.
#[test]
fn a_small_year_would_fix_whoever_moved_in() {
    let cell = |id: &str, to: u8, lo: u8, hi: u8| json!({"id": id, "measure": id, "members": people(1, to), "lo": lo, "hi": hi});
    let year = json!({"unions": [["year", ["second"]]], "cells": [cell("second", 25, 10, 14), cell("year", 24, 5, 9)]});
    let found = found(&year);
    assert_eq!(found["cells"], json!({"second": interval(10, 10, "EXACT"), "year": interval(9, 9, "EXACT")}));
    assert_eq!(found["people"], json!({"p25": {"second": 1}}));
}

/// R-REL-3: four colleagues told him; the band says that there are no others.
#[test]
fn people_who_are_known_close_a_band() {
    let cell = json!({"id": "a", "measure": "used", "members": people(1, 10), "lo": 0, "hi": 4});
    let known = |number: u8| people(1, number).into_iter().map(|name| (name, json!({"used": 1}))).collect::<Value>();
    let three = found(&json!({"cells": [cell], "known_people": known(3)}));
    assert_eq!((&three["cells"]["a"], &three["people"]), (&interval(3, 4, "NARROW"), &json!({})));
    let four = found(&json!({"cells": [cell], "known_people": known(4)}));
    assert_eq!(four["cells"]["a"], interval(4, 4, "EXACT"));
    let others: Value = people(5, 10).into_iter().map(|name| (name, json!({"used": 0}))).collect();
    assert_eq!(four["people"], others);
    let list: Vec<Value> = people(1, 4).iter().map(|name| json!({"person": name, "value": 1})).collect();
    assert_eq!(found(&json!({"cells": [cell], "knowledge": list}))["people"], others);
}

/// R-REL-3: who knows one of two holes knows the other one.
#[test]
fn a_known_cell_opens_its_neighbour() {
    let cells = json!([{"id": "a", "suppressed": true}, {"id": "b", "suppressed": true}, {"id": "t", "value": 18}]);
    let sum = json!([{"terms": {"a": 1, "b": 1, "t": -1}, "lo": 0, "hi": 0}]);
    let closed = found(&json!({"cells": cells, "relations": sum}));
    assert_eq!(closed["cells"]["a"], interval(0, 18, "OK"));
    for known in [
        json!({"cell": "b", "value": 11}),
        json!({"id": "b", "lo": 11, "hi": 11}),
        json!({"terms": {"b": 1}, "value": 11}),
    ] {
        let open = found(&json!({"cells": cells, "relations": sum, "knowledge": [known]}));
        assert_eq!(open["cells"]["a"], interval(7, 7, "EXACT"));
    }
    let about = found(&json!({"cells": cells, "relations": sum, "knowledge": [{"cell": "b", "lo": 9, "hi": 12}]}));
    assert_eq!(about["cells"]["a"], interval(6, 9, "NARROW"));
}

/// R-REL-3, R-REL-5: a hole that is nought is as open as any other, and says so of everybody in it.
#[test]
fn a_suppressed_nought_is_found() {
    let cells = json!([{"id": "a", "value": 12, "pop": 20}, {"id": "b", "suppressed": true, "pop": 9}, {"id": "t", "value": 12}]);
    let sum = json!([{"terms": {"a": 1, "b": 1, "t": -1}, "lo": 0, "hi": 0}]);
    assert_eq!(found(&json!({"cells": cells, "relations": sum}))["cells"]["b"], interval(0, 0, "EXACT"));
    let cells = json!([{"id": "a", "members": people(1, 20), "value": 12, "protect": false},
        {"id": "b", "members": people(21, 23), "suppressed": true},
        {"id": "t", "members": people(1, 23), "value": 12, "protect": false}]);
    let by_people = found(&json!({"cells": cells}));
    assert_eq!(by_people["cells"]["b"], interval(0, 0, "EXACT"));
    assert_eq!(by_people["people"], json!({"p21": {"": 0}, "p22": {"": 0}, "p23": {"": 0}}));
}

/// R-REL-11: the term was lowered after the year came out; what is known of somebody cannot be both.
#[test]
fn edited_history_fits_nothing() {
    let all = people(1, 20);
    let cell =
        |id: &str, measure: &str, value: u8| json!({"id": id, "measure": measure, "members": all, "value": value});
    let later = found(&json!({"cells": [cell("t", "t", 12), cell("y", "y", 10)], "implications": [["t", "y"]]}));
    assert_eq!(later["cells"]["y"], json!({"lo": null, "hi": null, "verdict": "INFEASIBLE"}));
    let twice = found(&json!({"cells": [cell("first", "t", 12), cell("again", "t", 11)]}));
    assert_eq!(twice["disclosed"], json!(["again", "first"]));
    assert_eq!(twice["people"], json!({}));
    let known = json!([{"person": "p01", "value": 0}]);
    let both = found(&json!({"cells": [cell("t", "t", 12)], "known_people": {"p01": 1}, "knowledge": known}));
    assert_eq!(both["cells"]["t"]["verdict"], "INFEASIBLE");
}

/// R-REL-3: one of p and q, one of q and r, at most one of p and r: real numbers leave half and half, people do not.
#[test]
fn people_do_not_come_in_halves() {
    let cells = json!([{"id": "pq", "members": ["p", "q"], "value": 1, "protect": false},
        {"id": "qr", "members": ["q", "r"], "value": 1, "protect": false},
        {"id": "pr", "members": ["p", "r"], "lo": 0, "hi": 1}]);
    let found = found(&json!({"cells": cells}));
    assert_eq!(found["cells"]["pr"], interval(0, 0, "EXACT"));
    assert_eq!(found["people"], json!({"p": {"": 0}, "q": {"": 1}, "r": {"": 0}}));
}
