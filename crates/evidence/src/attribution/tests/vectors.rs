//! Against published and independent results.

use serde_json::Value;

use super::*;

const MPDTA: &str = include_str!("../../../../../tests/vectors/evidence/attribution/mpdta.csv");
const MPDTA_SAYS: &str = include_str!("../../../../../tests/vectors/evidence/attribution/reference_mpdta.json");
const COLLEGE_A: &str = include_str!("../../../../../tests/vectors/evidence/attribution/college_a.csv");
const COLLEGE_A_SAYS: &str = include_str!("../../../../../tests/vectors/evidence/attribution/reference_college_a.json");
const COLLEGE_E: &str = include_str!("../../../../../tests/vectors/evidence/attribution/college_e_refuse.csv");
const COLLEGE_E_SAYS: &str =
    include_str!("../../../../../tests/vectors/evidence/attribution/reference_college_e_refuse.json");

/// Every number of what is expected stands in what we say, within the tolerance. Notes on other packages are left out.
fn near(expected: &Value, ours: &Value, tolerance: f64, path: &str) {
    match expected {
        Value::Object(fields) => {
            for (name, value) in fields
                .iter()
                .filter(|(name, _)| !["agreement", "r_did_se", "r_did_overall_se"].contains(&name.as_str()))
            {
                near(value, &ours[name], tolerance, &format!("{path}.{name}"));
            }
        }
        Value::Array(items) => {
            assert_eq!(items.len(), ours.as_array().map_or(0, Vec::len), "{path}");
            items.iter().enumerate().for_each(|(at, item)| near(item, &ours[at], tolerance, &format!("{path}[{at}]")));
        }
        Value::Number(number) => {
            let (expected, ours) = (number.as_f64().unwrap(), ours.as_f64().unwrap_or(f64::NAN));
            assert!((expected - ours).abs() <= tolerance, "{path}: {expected} {ours}");
        }
        other => assert_eq!(other, ours, "{path}"),
    }
}

fn json(text: &str, options: &Options) -> Value {
    serde_json::to_value(attribute(text, options).unwrap()).unwrap()
}

const CONTROLS: [(&str, Control); 2] = [("never", Control::Never), ("notyet", Control::Notyet)];

/// R-CAU-3, R-CAU-4
#[test]
fn the_published_results_of_the_method_come_out() {
    let says: Value = serde_json::from_str(MPDTA_SAYS).unwrap();
    for (name, control) in CONTROLS {
        let ours = json(MPDTA, &Options { control, ..Options::default() });
        near(&says["controls"][name], &ours, says["tolerance_abs"].as_f64().unwrap(), name);
        assert_eq!(
            (&ours["ri"]["effect"]["exact"], &ours["ri"]["effect"]["assignments"]),
            (&false.into(), &9_999.into())
        );
    }
}

/// R-CAU-3, R-CAU-4, R-CAU-5, R-CAU-6, R-CAU-7
#[test]
fn a_college_that_drew_lots_gets_its_effect_with_its_interval() {
    let says: Value = serde_json::from_str(COLLEGE_A_SAYS).unwrap();
    for (name, control) in CONTROLS {
        let ours = json(COLLEGE_A, &Options { control, lot: true, ..Options::default() });
        near(&says[name], &ours, says["tolerance_abs"].as_f64().unwrap(), name);
        assert_eq!(ours["level"], says["expected_level"]);
    }
    let ours = json(COLLEGE_A, &Options { lot: true, ..Options::default() });
    let (says, ours) = (&says["ri"], &ours["ri"]);
    let tolerance = |name: &str| says["tolerance"][name].as_f64().unwrap();
    for name in ["p", "stat", "exact", "assignments"] {
        near(&says["effect"][name], &ours["effect"][name], tolerance("p"), name);
    }
    near(&says["effect"]["ci95"], &ours["effect"]["ci95"], tolerance("ci"), "ci95");
    near(&says["pre_trend"]["p"], &ours["pre_trend"]["p"], tolerance("p"), "pre_trend");
    let mde = says["effect"]["mde80"].as_f64().unwrap();
    near(&says["effect"]["mde80"], &ours["effect"]["mde80"], mde * tolerance("mde80_relative"), "mde80");
}

/// R-CAU-9
#[test]
fn a_college_with_too_little_is_refused_for_the_reasons_expected() {
    let says: Value = serde_json::from_str(COLLEGE_E_SAYS).unwrap();
    for (_, control) in CONTROLS {
        let ours = json(COLLEGE_E, &Options { control, ..Options::default() });
        assert_eq!((&ours["reasons"], &ours["assignments"]), (&says["reasons"], &says["assignments"]));
        assert_eq!((&ours["level"], &ours["refused"]), (&0.into(), &true.into()));
        assert!(["att_gt", "aggregate", "ri", "pre_mean"].iter().all(|name| ours.get(name).is_none()));
    }
}
