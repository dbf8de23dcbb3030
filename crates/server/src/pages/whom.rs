//! Naming a colleague in a form: a field with a list, read as an entry of the list or as a name that only one has.

use std::borrow::Cow;

use actions::hours::Colleague;
use maud::{Markup, html};

/// A colleague as the list has them: by name, and where two share one, by area too. The list is in order of names.
pub fn listed<'a>(everybody: &[Colleague], n: usize, one: &'a Colleague) -> Cow<'a, str> {
    let beside = [n.checked_sub(1), n.checked_add(1)].into_iter().flatten().filter_map(|at| everybody.get(at));
    if beside.into_iter().any(|other| other.name == one.name) { full(one).into() } else { Cow::Borrowed(&one.name) }
}

/// A colleague by name and area.
fn full(one: &Colleague) -> String {
    if one.area.is_empty() { one.name.clone() } else { format!("{}, {}", one.name, one.area) }
}

/// Who was typed: an entry of the list, or a name that only one colleague has.
///
/// # Errors
/// A sentence that says what to do.
pub fn found<'a>(everybody: &'a [Colleague], typed: &str, without: &str) -> Result<&'a Colleague, String> {
    let fold = |text: &str| text.trim().to_lowercase();
    if let Some(one) = everybody.iter().find(|one| fold(&full(one)) == fold(typed)) {
        return Ok(one);
    }
    let named: Vec<&Colleague> = everybody.iter().filter(|one| fold(&one.name) == fold(typed)).collect();
    match named.as_slice() {
        [one] => Ok(one),
        [] => Err(format!("There is no “{typed}” on the list. Choose a colleague from it, {without}.")),
        several => {
            let all: Vec<String> = several.iter().map(|one| full(one)).collect();
            Err(format!("Several colleagues have that name. Choose one: {}.", all.join("; ")))
        }
    }
}

/// The list behind such fields.
pub fn list(id: &str, everybody: &[Colleague]) -> Markup {
    html! {
        datalist id=(id) { @for (n, one) in everybody.iter().enumerate() { option value=(listed(everybody, n, one)) {} } }
    }
}
