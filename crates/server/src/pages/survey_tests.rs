use super::*;

fn band(low: u64) -> Option<Band> {
    Some(Band { low, high: low + 4, of: 60 })
}

fn release(year: i16, (model, statements): (Option<&str>, usize)) -> Release {
    let side = OfSide {
        side: "staff".to_owned(),
        asked: 200,
        returned: Some(60),
        agreed: vec![band(40); statements],
        factors: Vec::new(),
    };
    Release {
        year,
        first: format!("{}-06-07", year + 1),
        last: format!("{}-06-25", year + 1),
        title: "Tutors".to_owned(),
        before: String::new(),
        model: model.map(str::to_owned),
        sides: vec![side],
    }
}

fn shown(now: &Release, before: Option<&Release>) -> String {
    of_year(now, ("a hash", before)).into_string()
}

/// R-SUR-17
#[test]
fn a_statement_without_a_figure_says_so_and_one_the_year_before_did_not_ask_is_compared_with_nothing() {
    let (then, now) = (release(2025, (Some("universal"), 5)), release(2026, (Some("universal"), 7)));
    let page = shown(&now, Some(&then));
    assert!(page.contains("strengthened the motivation of staff"));
    assert_eq!(page.matches("no figure of 2017").count(), 2);
    assert_eq!(page.matches("not asked then").count(), 2);
    assert_eq!(page.matches("not distinguishable from before").count(), 5);
    let before = shown(&then, None);
    assert!(!before.contains("motivation of staff") && !before.contains("no figure of 2017"), "as it was");
}

/// R-SUR-18
#[test]
fn two_years_under_two_models_lie_beside_each_other_and_nothing_is_put_down_to_the_model() {
    let (then, now) = (release(2025, (Some("developmental"), 7)), release(2026, (Some("universal"), 7)));
    let page = shown(&now, Some(&then));
    assert!(page.contains("model declared: universal") && page.contains("Beside 2025/26, developmental"));
    assert!(page.contains("The declared model changed") && page.contains("Many other things changed between them too"));
    let same = shown(&now, Some(&release(2025, (Some("universal"), 7))));
    assert!(!same.contains("The declared model changed"));
    let old = shown(&now, Some(&release(2025, (None, 5))));
    assert!(!old.contains("The declared model changed"), "what was not noted is not made up");
    assert!(shown(&release(2025, (None, 5)), None).contains("which model was declared was not noted yet"));
}
