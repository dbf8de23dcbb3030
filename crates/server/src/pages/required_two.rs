//! The page of a track for teacher and practitioner: what is reported, choosing, the opening conversation, signals, the statement.

use actions::directory::Practitioner;
use actions::required::Seen;
use domain::meetings::State;
use domain::period::day_words;
use domain::required::{LONGEST, Questioned, Seat, Signals};
use maud::{Markup, html};

use crate::pages::kit;
use crate::pages::layout::{Place, page};
use crate::pages::required_view::View;

/// The page.
pub fn page_of(view: &View<'_>, (seen, choices): (&Seen, &[Practitioner])) -> Markup {
    let teacher = seen.seat == Seat::Teacher;
    let (title, place) = if teacher {
        ("Required support".to_owned(), Place::Support)
    } else {
        (format!("Required support, {}", view.common.teacher.name), Place::Week)
    };
    let two = Two { view, seen, choices };
    page(
        view.visit,
        (&title, place),
        &html! {
            (kit::errors(view.wrong))
            div.cols.two {
                div.stack-l {
                    (view.head(&title))
                    (two.ending())
                    (two.no_manager())
                    @if teacher && view.common.practitioner.is_none() { (two.told()) }
                    (two.working())
                    @if view.common.practitioner.is_some() {
                        (view.opening(&two.opening()))
                        (two.signals())
                        (two.statement())
                        (view.attendance())
                    }
                }
                aside.stack {
                    (view.scope())
                    (two.challenge())
                    @if !teacher || view.common.practitioner.is_some() { (two.told()) }
                }
            }
        },
    )
}

struct Two<'a> {
    view: &'a View<'a>,
    seen: &'a Seen,
    choices: &'a [Practitioner],
}

impl Two<'_> {
    fn is_teacher(&self) -> bool {
        self.seen.seat == Seat::Teacher
    }

    /// The teacher alone ends what the college requires no more (R-REQ-13).
    fn ending(&self) -> Markup {
        let view = self.view;
        html! {
            @if self.is_teacher() && view.is_on() && !view.goes_on() {
                form method="post" action=(view.action("end")) { (kit::csrf(view.visit)) button.btn type="submit" { "End it" } }
            }
        }
    }

    /// Nobody stands there to be the third (R-REQ-6).
    fn no_manager(&self) -> Markup {
        let whose = if self.is_teacher() { "your" } else { "their" };
        html! {
            @if self.view.is_on() && self.view.common.manager.is_none() {
                div.note.stack-s { p { strong { "Nobody is entered as " (whose) " line manager at the moment." } " Until somebody is, nobody reads what is reported, and the third signal waits. An administrator can enter who it is; nothing that was said here is lost." } }
            }
        }
    }

    /// Exactly what is reported, before anything begins (R-REQ-4).
    fn told(&self) -> Markup {
        let (teacher, practitioner, manager) = self.view.first_names();
        let you = self.is_teacher();
        html! {
            section.seal aria-labelledby="seal" {
                h2 #seal { "What " (manager) " is told" }
                @if you { p { "You did not ask for this, so read here what is reported of it. It is all there is." } }
                @else { p { (teacher) " has the same list." } }
                ul {
                    li { "With whom " @if you { "you work" } @else { (teacher) " works" } "." }
                    li { "Of each meeting that is over: its day, and whether it took place. Not who stayed away." }
                    li { "When the opening conversation of the three is, whom its time suits, and that it took place." }
                    li { "That scope or time is questioned, by one of the two. Not by which." }
                    li { "The statement at the end, once " @if you { "you have" } @else { (teacher) " has" } " agreed it." }
                    li { "What " (manager) " has said about the end, and that it ended when all three have said so." }
                }
                p { strong { "Nothing else, ever." } " Not what is said, not notes, plan or files: they are sealed between " @if you { "you and " (practitioner) } @else { "you and " (teacher) } ". Not when times are offered, moved or called off. Not what the two of you have said about the end." }
                p.small { "Whoever is the line manager by the college’s list reads it. When somebody else takes their place, the one before reads nothing any more." }
                p.small { @if you { "Support you ask for yourself is another matter. Nothing here tells whether there is any, and nothing there tells of this." } @else { "Whether " (teacher) " asks anybody for support is another matter, and nothing here tells of it." } }
                p.small { "One limit, as always: if somebody is at risk, it is passed to the safeguarding leads." }
            }
        }
    }

    /// With whom: the way into the thread, or choosing.
    fn working(&self) -> Markup {
        let view = self.view;
        let (teacher, practitioner, _) = view.first_names();
        let chosen = view.common.practitioner.is_some();
        html! {
            @if let Some((thread, on)) = self.seen.track.thread {
                @if chosen && (self.seen.reachable || !view.is_on()) {
                    section.card.next.stack-s {
                        h2 { "You and " @if self.is_teacher() { (view.common.practitioner.as_ref().map_or("", |one| one.name.as_str())) } @else { (view.common.teacher.name) } }
                        p { "Times, what is said and the plan are in a thread of your own, sealed between the two of you." }
                        p { a.btn href={"/support/" (thread)} { @if on { "Go to your thread" } @else { "Read your thread" } } }
                    }
                }
            }
            @if view.is_on() && chosen && !self.seen.reachable {
                div.note.act.stack-s {
                    @if self.is_teacher() { p { strong { (practitioner) " cannot go on with you." } " They have left, gave the role up, or now stand above you. Choose somebody else; your line manager is not told why." } }
                    @else { p { "This cannot go on with you at the moment. " (teacher) " reads so, and chooses again." } }
                }
            }
            @if self.is_teacher() && view.goes_on() {
                @if chosen && self.seen.reachable { details.more #practitioner open[kit::is_wrong(view.wrong, "practitioner")] { summary { "Work with somebody else" } (self.choose()) } }
                @else { section.card.next.stack-s #practitioner { h2 { "With whom would you like to work?" } (self.choose()) } }
            }
        }
    }

    fn choose(&self) -> Markup {
        let view = self.view;
        let themes: Vec<_> = view.common.themes.iter().map(|(theme, _)| *theme).collect();
        let typed = view.typed.one("practitioner");
        html! {
            form.stack-s method="post" action=(view.action("practitioner")) {
                (kit::csrf(view.visit)) (kit::once(view.visit))
                (kit::error_at(view.wrong, "practitioner"))
                p.soft { "You choose, nobody else does. You need no reason to choose somebody else later." }
                @if self.choices.is_empty() { p { "There is nobody to choose at the moment. Speak with the programme lead; until then nothing begins." } }
                @for one in self.choices {
                    @let knows: Vec<&str> = one.expertise.iter().filter(|known| themes.contains(&known.theme)).map(|known| known.name.as_str()).collect();
                    label.check {
                        input type="radio" name="practitioner" value=(one.id) checked[typed == one.id.to_string()];
                        span { strong { (one.name) } @if !one.area_name.is_empty() { span.soft { " · " (one.area_name) } } @for name in knows { " " span.tag.good { "Knows: " (name) } } }
                    }
                }
                @if !self.choices.is_empty() { button.btn type="submit" { @if view.common.practitioner.is_none() { "Choose, and begin" } @else { "Choose" } } p.small.soft { "Their thread with you begins then, and they hear that something is waiting." } }
            }
        }
    }

    /// What this one of the two can do about the opening conversation.
    fn opening(&self) -> Markup {
        let view = self.view;
        let opening = view.common.opening.as_ref();
        if self.is_teacher() {
            return view.suits(opening.and_then(|one| one.teacher));
        }
        let begun = opening.filter(|one| one.can_be_recorded(view.visit.desk.now) && one.state != State::Missed);
        let held = opening.is_some_and(|one| one.state == State::Held);
        let open = opening.is_none_or(|one| one.state == State::Missed || !one.is_agreed())
            || kit::is_wrong(view.wrong, "opening");
        html! {
            @if let Some(opening) = begun {
                form.row method="post" action=(view.action("opening/outcome")) {
                    (kit::csrf(view.visit))
                    input type="hidden" name="meeting" value=(opening.meeting);
                    @if !held { button.btn type="submit" name="outcome" value="held" { "It took place" } }
                    button.btn.ghost type="submit" name="outcome" value="missed" { "It did not" }
                }
            }
            @if view.goes_on() && self.seen.reachable && !held {
                details.more open[open] {
                    summary { @if opening.is_some() { "Propose another time" } @else { "Propose a time" } }
                    form.stack-s method="post" action=(view.action("opening")) novalidate {
                        (kit::csrf(view.visit))
                        div.row {
                            div.field { label.f for="day" { "Day" } input #day type="date" name="day" value=(view.typed.one("day")) min=(view.visit.desk.today()); }
                            div.field { label.f for="time" { "Time" } input #time type="time" name="time" value=(view.typed.one("time")); }
                            div.field {
                                label.f for="length" { "How long?" }
                                @let typed = view.typed.read::<i64>("length").unwrap_or(45);
                                select #length name="length" { @for minutes in [20, 30, 45, 60] { option value=(minutes) selected[minutes == typed] { (domain::minutes::Minutes(minutes)) } } }
                            }
                        }
                        p.small.soft { "It is kept free in your week until both have answered. Both hear that something is waiting." }
                        button.btn.ghost type="submit" { "Propose it" }
                    }
                }
            }
        }
    }

    /// The three signals as one picture, and one's own.
    fn signals(&self) -> Markup {
        let (teacher, practitioner, manager) = self.view.first_names();
        let signals = &self.seen.track.signals;
        let (words, own) = match self.seen.seat {
            Seat::Teacher => ("I am confident", signals.teacher),
            Seat::Practitioner | Seat::Manager => ("I see a distinct improvement", signals.practitioner),
        };
        // Whoever is line manager now may not be who said so before the end.
        let manager = if self.view.is_on() { manager } else { "The line manager" };
        let lines = [
            (format!("{teacher} is confident"), signals.teacher),
            (format!("{practitioner} sees a distinct improvement"), signals.practitioner),
            (format!("{manager} is satisfied"), signals.manager),
        ];
        html! {
            section.card.stack-s #signal aria-labelledby="signals-title" {
                h2 #signals-title { "It ends when all three say so" }
                p.soft { "In any order, at any time. Each can be taken back until the third is there. There is no fixed number of weeks." }
                div.signals-row {
                    (picture(signals))
                    ul.plain.stack-s { @for (line, said) in &lines { li { (line) span.soft { " · " @match said { Some(day) => { "said on " (day_words(*day)) }, None => "not yet" } } } } }
                }
                (self.view.signal((words, own)))
            }
        }
    }

    /// The statement: the teacher's to agree; the practitioner proposes words inside the thread.
    fn statement(&self) -> Markup {
        let view = self.view;
        let (teacher, _, manager) = view.first_names();
        let so = view.common.statement.as_ref().map_or("", |(_, text)| text.as_str());
        let text = if view.typed.one("statement").is_empty() { so } else { view.typed.one("statement") };
        html! {
            @if self.is_teacher() && view.goes_on() {
                section.card.stack-s #statement-form {
                    h2 { "What you say at the end" }
                    form.stack-s method="post" action=(view.action("statement")) novalidate {
                        (kit::csrf(view.visit))
                        div.field.bad[kit::is_wrong(view.wrong, "statement")] {
                            label.f for="statement" { "Your statement" }
                            p.hint #statement-hint { "What you would like " (manager) " to know, in your own words, " (LONGEST) " characters at most. It is not sealed. From the moment you agree it, " (manager) " reads it; you can put another one in its place until the end." }
                            (kit::error_at(view.wrong, "statement"))
                            textarea #statement name="statement" rows="5" aria-describedby="statement-hint" { (text) }
                        }
                        button.btn.ghost type="submit" { @if so.is_empty() { "Agree it" } @else { "Put this in its place" } }
                    }
                    p.small.soft { "Your colleague can propose words in your thread, where they stay sealed. Only what you agree here is read." }
                }
            } @else {
                (view.statement())
                @if !self.is_teacher() && so.is_empty() && view.goes_on() { p.small.soft { "At the end " (teacher) " agrees a statement that " (manager) " reads. Propose words in your thread if you like; only " (teacher) " can agree them." } }
            }
        }
    }

    /// Saying that it is too much, without words (R-REQ-8).
    fn challenge(&self) -> Markup {
        let view = self.view;
        let (_, _, manager) = view.first_names();
        html! {
            @if view.goes_on() {
                section.card.stack-s #challenge {
                    h2 { "Is it reasonable?" }
                    (kit::error_at(view.wrong, "challenge"))
                    @if view.common.questioned().is_some() { p { "It is questioned, and waits for " (manager) " to revise it or to keep it." } }
                    @else {
                        form.stack-s method="post" action=(view.action("challenge")) {
                            (kit::csrf(view.visit))
                            fieldset.plain {
                                legend.small { "What is not reasonable?" }
                                div.chips { @for one in Questioned::ALL { label.chip { input type="radio" name="what" value=(one.code()); span { (one.words()) } } } }
                            }
                            p.small.soft { (manager) " is told that one of the two says so; not which of you, and no words." }
                            button.btn.ghost type="submit" { "Question it" }
                        }
                    }
                }
            }
        }
    }
}

/// Three lamps, lit as each has said so.
fn picture(signals: &Signals) -> Markup {
    let lit: Vec<bool> = Seat::ALL.iter().map(|seat| signals.of(*seat).is_some()).collect();
    let count = lit.iter().filter(|lit| **lit).count();
    let label = format!("{count} of three have said so");
    html! {
        svg.signals viewBox="0 0 132 44" width="132" height="44" role="img" aria-label=(label) {
            title { (label) }
            line x1="22" y1="22" x2="110" y2="22" {}
            @for (at, lit) in [22, 66, 110].iter().zip(&lit) {
                circle.lit[*lit] cx=(at) cy="22" r="15" {}
                @if *lit { path d={"M" (at - 6) " 22l4 5 8-9"} {} }
            }
        }
    }
}
