mod brute;
mod cases;

use super::*;
use serde::Deserialize;

#[derive(Deserialize)]
struct Expected {
    expect: BTreeMap<String, serde_json::Value>,
}

const VECTORS: [&str; 8] = [
    include_str!("../../../../tests/vectors/evidence/disclosure/01_published_sdctable_unsafe.json"),
    include_str!("../../../../tests/vectors/evidence/disclosure/02_published_sdctable_safe.json"),
    include_str!("../../../../tests/vectors/evidence/disclosure/03_classic_region_activity.json"),
    include_str!("../../../../tests/vectors/evidence/disclosure/05_two_holes_too_small.json"),
    include_str!("../../../../tests/vectors/evidence/disclosure/07_term_year_hierarchy.json"),
    include_str!("../../../../tests/vectors/evidence/disclosure/09_band_ok.json"),
    include_str!("../../../../tests/vectors/evidence/disclosure/11_everybody.json"),
    include_str!("../../../../tests/vectors/evidence/disclosure/15_people_nested_filter.json"),
];

fn run(text: &str) -> serde_json::Value {
    serde_json::to_value(audit(&serde_json::from_str(text).unwrap()).unwrap()).unwrap()
}

/// R-REL-3, R-REL-5
#[test]
fn the_vectors_come_out_as_expected() {
    for text in VECTORS {
        let expected: Expected = serde_json::from_str(text).unwrap();
        let found = run(text);
        for (id, wanted) in &expected.expect {
            if id == "people" {
                assert_eq!(&found["people"], wanted);
                continue;
            }
            for (field, value) in wanted.as_object().unwrap() {
                assert_eq!(&found["cells"][id][field], value, "{id} {field}: {found}");
            }
        }
    }
}

/// R-REL-3, R-REL-4: an implication carries what is certain from one measure to the other, and knowledge of a person counts.
#[test]
fn implications_and_knowledge_are_used() {
    let text = r#"{"model":"people","release":{"cells":[
        {"id":"t","measure":"term","members":["a","b","c"],"value":2,"protect":false},
        {"id":"y","measure":"year","members":["a","b","c"],"value":2,"protect":false}],
        "implications":[["term","year"]],"known_people":{"a":{"year":0}}}}"#;
    let found = run(text);
    let user = serde_json::json!({"term": 1, "year": 1});
    assert_eq!(found["people"], serde_json::json!({"a": {"term": 0}, "b": user, "c": user}));
}

/// R-REL-3: whole points only; the relaxation would leave 1 to 3.
#[test]
fn only_whole_points_count() {
    let text = r#"{"cells":[{"id":"a","suppressed":true,"pop":9},{"id":"b","suppressed":true,"pop":9}],
        "relations":[{"terms":{"a":2,"b":2},"lo":5,"hi":7}],"knowledge":[{"terms":{"a":1,"b":-1},"lo":1}]}"#;
    let found = run(text);
    assert_eq!(found["cells"]["a"], serde_json::json!({"lo": 2, "hi": 3, "verdict": "NARROW"}));
    assert_eq!(found["cells"]["b"], serde_json::json!({"lo": 0, "hi": 1, "verdict": "NARROW"}));
    assert_eq!(found["disclosed"], serde_json::json!(["a", "b"]));
}

/// R-REL-3
#[test]
fn real_amounts_and_targets_are_bounded_too() {
    let text = r#"{"integer":false,"cells":[{"id":"a","suppressed":true},{"id":"b","suppressed":true},{"id":"t","value":7.5}],
        "relations":[{"terms":{"a":1,"b":1,"t":-1},"lo":0,"hi":0}],"targets":[{"id":"d","terms":{"a":1,"b":1}}]}"#;
    let found = run(text);
    assert_eq!(found["cells"]["a"], serde_json::json!({"lo": 0, "hi": 7.5, "verdict": "OK"}));
    assert_eq!(found["cells"]["d"], serde_json::json!({"lo": 7.5, "hi": 7.5, "verdict": "EXACT"}));
    assert_eq!(found["disclosed"], serde_json::json!(["d"]));
}

/// R-REL-11
#[test]
fn what_contradicts_itself_is_infeasible_and_never_fine() {
    let text = r#"{"cells":[{"id":"a","value":3},{"id":"b","lo":5,"hi":9,"pop":20},{"id":"t","value":7}],
        "relations":[{"terms":{"a":1,"b":1,"t":-1},"lo":0,"hi":0}]}"#;
    let found = run(text);
    assert_eq!(found["cells"]["b"]["verdict"], "INFEASIBLE");
    assert_eq!(found["disclosed"], serde_json::json!(["a", "b", "t"]));
}

/// R-REL-3: a cell without any limit above has none.
#[test]
fn no_limit_is_none() {
    let found = run(r#"{"cells":[{"id":"a","suppressed":true}]}"#);
    assert_eq!(found["cells"]["a"], serde_json::json!({"lo": 0, "hi": null, "verdict": "OK"}));
}

/// R-REL-3
#[test]
fn what_cannot_be_read_is_refused_with_what_to_do() {
    let fault = |text: &str| audit(&serde_json::from_str(text).unwrap()).unwrap_err();
    assert_eq!(fault("{}"), AuditFault::NoCells);
    assert_eq!(fault(r#"{"cells":[{"id":"a"}]}"#), AuditFault::Unsaid("a".into()));
    assert_eq!(fault(r#"{"cells":[{"id":"a","value":1.5}]}"#), AuditFault::Number("a".into()));
    assert_eq!(fault(r#"{"cells":[{"id":"a","value":1},{"id":"a","value":1}]}"#), AuditFault::Name("a".into()));
    let unknown = r#"{"cells":[{"id":"a","value":1}],"relations":[{"terms":{"b":1},"lo":0,"hi":0}]}"#;
    assert_eq!(fault(unknown), AuditFault::Unknown("b".into()));
    let alone = r#"{"cells":[{"id":"a","value":1}],"known_people":{"p":1}}"#;
    assert_eq!(fault(alone), AuditFault::Alone("p".into()));
}

proptest::proptest! {
    /// R-REL-3: whatever is published in addition widens no interval and takes nobody's certainty back.
    #[test]
    fn the_audit_is_monotone_in_what_is_published(bits in proptest::collection::vec(proptest::bool::ANY, 24), shown in 0_usize..4) {
        let member = |from: usize, to: usize| (from..to).map(|person| format!("p{person:02}")).collect::<Vec<_>>();
        let groups = [(0, 24), (0, 12), (6, 24), (3, 20)];
        let cell = |number: usize, open: bool| {
            let (from, to) = groups[number];
            let low = bits[from..to].iter().filter(|bit| **bit).count() / 5 * 5;
            let (low, high) = if open { (None, None) } else { (Some(low as f64), Some((low + 4) as f64)) };
            Cell { id: number.to_string(), lo: low, hi: high, suppressed: open, members: Some(member(from, to)), ..Cell::default() }
        };
        let run = |open: usize| {
            let cells = (0..4).map(|number| cell(number, number >= open)).collect();
            audit(&Input { bare: Published { cells, ..Published::default() }, ..Input::default() }).unwrap()
        };
        let (less, more) = (run(shown), run(shown + 1));
        let number = |limit: &Option<Limit>| if let Some(Limit::Whole(value)) = limit { *value } else { unreachable!() };
        for (id, wide) in &less.cells {
            let narrow = &more.cells[id];
            proptest::prop_assert!(number(&wide.lo) <= number(&narrow.lo) && number(&narrow.hi) <= number(&wide.hi), "{id}");
        }
        proptest::prop_assert!(less.people.keys().all(|person| more.people.contains_key(person)));
    }
}
