//! The sample's shelf, and what its practitioners noted as outputs. The addresses are real pages; what they say is told in our own
//! words. Replayed through actions.

use std::sync::Arc;

use actions::desk::{Desk, House};
use actions::outputs::{self, NewNote, Sharing};
use actions::{directory, resources};
use domain::hours::Purpose;
use domain::ids::{OutputId, PersonId, ThemeId};
use domain::minutes::Minutes;
use domain::outputs::OutputKind;
use domain::resources::{Licence, ShelfKind, ShelfText};
use jiff::{Timestamp, ToSpan};

use super::SamplePerson;
use crate::cli::CliError;

/// Title, kind, address, themes, what it says.
type Told = (&'static str, ShelfKind, &'static str, &'static [&'static str], &'static str);

const SHELF: [Told; 9] = [
    (
        "Teacher feedback to improve learning (EEF)",
        ShelfKind::Guidance,
        "https://educationendowmentfoundation.org.uk/education-evidence/guidance-reports/feedback",
        &["Assessment for learning"],
        "When feedback comes matters less than whether learners do something with it. Teach well first, then plan the time in which they act on it; written marking is only one way.",
    ),
    (
        "Metacognition and self-regulated learning (EEF)",
        ShelfKind::Guidance,
        "https://educationendowmentfoundation.org.uk/education-evidence/guidance-reports/metacognition",
        &["Confidence", "Growth mindset"],
        "Learners do better when they are shown how to plan, watch and check their own work. Think aloud while you model it, inside your subject, not in a lesson of its own.",
    ),
    (
        "Improving behaviour (EEF)",
        ShelfKind::Guidance,
        "https://educationendowmentfoundation.org.uk/education-evidence/guidance-reports/behaviour",
        &["Behaviour management", "Positivity"],
        "Know your learners and what lies behind what they do. Teach the habits you want to see, keep routines simple, and treat the few who need more one by one.",
    ),
    (
        "Effective professional development (EEF)",
        ShelfKind::Research,
        "https://educationendowmentfoundation.org.uk/education-evidence/guidance-reports/effective-professional-development",
        &["Something else"],
        "Support sticks when it builds knowledge, gives people a goal of their own, lets them practise a technique and comes back to it later. One talk changes little.",
    ),
    (
        "Teaching and Learning Toolkit (EEF)",
        ShelfKind::Research,
        "https://educationendowmentfoundation.org.uk/education-evidence/teaching-learning-toolkit",
        &["Assessment for learning", "Digital tools"],
        "What studies found for thirty approaches, with cost and how sure one can be. A place to begin, not a recipe: read what it took to make an approach work.",
    ),
    (
        "Principles of instruction (Rosenshine)",
        ShelfKind::Research,
        "https://www.aft.org/ae/spring2012/rosenshine",
        &["Questioning", "Assessment for learning"],
        "What effective teachers were seen to do: begin with a short review, small steps, many questions to everybody, worked examples, and practice until most get it right.",
    ),
    (
        "Six strategies for learning (The Learning Scientists)",
        ShelfKind::Tool,
        "https://www.learningscientists.org/",
        &["Confidence", "Questioning"],
        "Posters and slides to show learners how to revise: space it out, test yourself, mix topics, explain why, use examples and pictures.",
    ),
    (
        "Universal Design for Learning Guidelines (CAST)",
        ShelfKind::Tool,
        "https://udlguidelines.cast.org/",
        &["Inclusion"],
        "A grid of questions for planning: does everybody have a way in, more than one way to take it up, and more than one way to show what they can do?",
    ),
    (
        "Education and Training Foundation",
        ShelfKind::Guidance,
        "https://www.et-foundation.co.uk/",
        &["Maths in my subject", "English in my subject"],
        "The professional standards for teachers and trainers in further education, with courses and materials that go with them.",
    ),
];

/// Who, kind, title, days ago, minutes and their purpose, theme.
type Noted = (&'static str, OutputKind, &'static str, i32, Option<(i64, Purpose)>, &'static str);

const NOTED: [Noted; 6] = [
    (
        "Priya Nair",
        OutputKind::Materials,
        "Cards for cold calling that give everybody time to think",
        12,
        None,
        "Questioning",
    ),
    ("Priya Nair", OutputKind::Signposted, "Principles of instruction, for the maths meeting", 20, None, "Questioning"),
    ("Priya Nair", OutputKind::Discussion, "How much help is too much? An open lunch", 33, None, ""),
    (
        "Joe Whittle",
        OutputKind::Demonstration,
        "Twenty minutes of retrieval practice",
        8,
        Some((45, Purpose::Group)),
        "",
    ),
    (
        "Joe Whittle",
        OutputKind::Scheme,
        "Functional skills, first six weeks",
        41,
        Some((120, Purpose::Strategic)),
        "English in my subject",
    ),
    (
        "Joe Whittle",
        OutputKind::Standards,
        "What the new sampling rules ask of us",
        19,
        None,
        "Assessment for learning",
    ),
];

/// Fills the shelf as the lead, and the outputs as whose they are; the first is shared.
pub async fn fill(house: &Arc<House>, now: Timestamp, people: &[SamplePerson]) -> Result<(), CliError> {
    let who = |name: &str| people.iter().find(|person| person.name == name).map(|person| person.id);
    let desk = Desk::new(Arc::clone(house), now);
    let Some(lead) = people.iter().find(|person| person.part == "programme lead") else { return Ok(()) };
    let themes = Themes::of(&desk, lead.id).await?;
    for (at, (title, kind, address, about, says)) in SHELF.into_iter().enumerate() {
        let text = ShelfText {
            title: title.to_owned(),
            says: says.to_owned(),
            kind: Some(kind),
            themes: about.iter().filter_map(|name| themes.id(name)).collect(),
            address: address.to_owned(),
        };
        let before = i64::try_from(SHELF.len().saturating_sub(at)).unwrap_or(0).minutes();
        let then = Desk::new(Arc::clone(house), now.saturating_sub(before).unwrap_or(now));
        resources::add(&then, lead.id, (text, "")).await?;
    }
    let mut shared = false;
    for (name, kind, title, ago, time, theme) in NOTED {
        let Some(whose) = who(name) else { continue };
        let note = NewNote {
            kind: Some(kind),
            title: title.to_owned(),
            day: desk.today().saturating_sub(ago.days()),
            theme: themes.id(theme),
            link: None,
            time: time.map(|(minutes, purpose)| (Minutes(minutes), Some(purpose))),
            once: String::new(),
        };
        let output = outputs::note(&desk, whose, note).await?;
        if !shared {
            share(&desk, whose, (output, themes.id(theme))).await?;
            shared = true;
        }
    }
    Ok(())
}

async fn share(desk: &Desk, whose: PersonId, (output, theme): (OutputId, Option<ThemeId>)) -> Result<(), CliError> {
    let says = "Print, cut, and hand one to each learner. Everybody writes or whispers first; only then is a name drawn. Made for maths, used in three other areas.";
    let text = ShelfText {
        title: "Cards for cold calling that give everybody time to think".to_owned(),
        says: says.to_owned(),
        kind: Some(ShelfKind::Example),
        themes: theme.into_iter().collect(),
        address: "https://files.college.example/teaching/cold-calling-cards".to_owned(),
    };
    let how = Sharing { text, licence: Some(Licence::By), named: true };
    Ok(outputs::share(desk, whose, output, how).await?)
}

/// The college's themes by their names.
struct Themes(Vec<directory::Theme>);

impl Themes {
    async fn of(desk: &Desk, who: PersonId) -> Result<Self, CliError> {
        let who = desk.person::<actions::Never>(&desk.read(), who).await?;
        Ok(Self(directory::themes(desk, &who).await?))
    }

    fn id(&self, name: &str) -> Option<ThemeId> {
        self.0.iter().find(|theme| theme.name == name).map(|theme| theme.id)
    }
}
