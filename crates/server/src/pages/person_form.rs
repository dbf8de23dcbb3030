//! Fields that forms about people share, and the form on which a person is added.

use actions::person::Places;
use domain::people::{Role, Roles};
use maud::{Markup, html};

use crate::forms::Fields;
use crate::pages::layout::{Place, page};
use crate::pages::{kit, whom};
use crate::visit::Visit;

pub use domain::period::date_words;

/// A field for a day.
pub fn day_field((id, name, label): (&str, &str, &str), value: &str, wrong: &[(&str, String)]) -> Markup {
    let bad = kit::is_wrong(wrong, id);
    html! {
        div.field.bad[bad] {
            label.f for=(id) { (label) }
            (kit::error_at(wrong, id))
            input id=(id) type="date" name=(name) value=(value) required aria-invalid=[bad.then_some("true")];
        }
    }
}

/// Boxes for the roles.
pub fn role_choices(visit: &Visit, wrong: &[(&str, String)], ticked: impl Fn(Role) -> bool) -> Markup {
    html! {
        fieldset.plain #roles {
            legend.f { "Roles" }
            p.hint { "Tick all that hold from that day on." }
            (kit::error_at(wrong, "roles"))
            div.chips {
                @for role in Role::ALL {
                    label.chip { input type="checkbox" name="role" value=(role.code()) checked[ticked(role)]; span { (kit::role_words(visit, Roles::NONE.with(role))) } }
                }
            }
        }
    }
}

/// Name, address, staff number, job title and site.
pub fn about_fields(
    places: &Places,
    [name, email, number, job, site]: &[String; 5],
    wrong: &[(&str, String)],
) -> Markup {
    let fields = [
        ("name", "Name", name, "text", "off"),
        ("email", "Work e-mail address", email, "email", "off"),
        ("number", "Staff number, if the college’s own records have one", number, "text", "off"),
        ("job", "Job title", job, "text", "off"),
    ];
    html! {
        @for (id, label, value, kind, complete) in fields {
            div.field.bad[kit::is_wrong(wrong, id)] {
                label.f for=(id) { (label) }
                (kit::error_at(wrong, id))
                input id=(id) type=(kind) name=(id) value=(value) maxlength="254" autocomplete=(complete);
            }
        }
        @if !places.sites.is_empty() {
            div.field {
                label.f for="site" { "Site" }
                select #site name="site" {
                    option value="" selected[site.is_empty()] { "None" }
                    @for (id, words) in &places.sites { option value=(id) selected[*site == id.to_string()] { (words) } }
                }
            }
        }
    }
}

/// The page on which a person is added.
pub fn new_page(visit: &Visit, places: &Places, (wrong, typed): (&[(&str, String)], &Fields)) -> Markup {
    let value = |name: &str| typed.one(name).to_owned();
    let once = if value("once").is_empty() { visit.once() } else { value("once") };
    let sent = !value("once").is_empty();
    let from = if sent { value("from") } else { visit.desk.today().to_string() };
    let values = [value("name"), value("email"), value("number"), value("job"), value("site")];
    let ticked =
        |role: Role| if sent { typed.all("role").any(|code| code == role.code()) } else { role == Role::Teacher };
    page(
        visit,
        ("Add a person", Place::People),
        &html! {
            (kit::errors(wrong))
            form.narrow.stack-l method="post" action="/people" novalidate {
                (kit::csrf(visit))
                input type="hidden" name="once" value=(once);
                div.stack-s {
                    h1 { "Add a person" }
                    p.lede { "One person at a time. Many at once come in with a staff file." }
                }
                div.stack { (about_fields(places, &values, wrong)) }
                (role_choices(visit, wrong, ticked))
                div.field {
                    label.f for="area" { "Main area" }
                    select #area name="area" {
                        option value="" selected[value("area").is_empty()] { "None" }
                        @for (id, words) in &places.areas { option value=(id) selected[value("area") == id.to_string()] { (words) } }
                    }
                }
                div.field.bad[kit::is_wrong(wrong, "manager")] {
                    label.f for="manager" { "Line manager" }
                    p.hint #manager-hint { "Type a name and choose from the list. Leave it empty for nobody." }
                    (kit::error_at(wrong, "manager"))
                    input #manager name="manager" list="colleagues" autocomplete="off" value=(value("manager")) aria-describedby="manager-hint";
                }
                (day_field(("new-from", "from", "First day"), &from, wrong))
                button.btn type="submit" { "Add them" }
                p.small.soft { "From that day the account is on. They need a set-up link to choose a password." }
            }
            (whom::list("colleagues", &places.people))
        },
    )
}
