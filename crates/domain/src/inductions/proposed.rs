//! The plans that are proposed to every college until its lead publishes others (R-IND-1).

use super::{Company, Kind, Step};
use Company::{Alone, Buddy, Group, Mentor};

type Line = (u8, Company, &'static str, &'static str);

const NEW_TO_POST: &[Line] = &[
    (1, Mentor, "Meet your mentor", "Say what you would like to know first, and when you two meet."),
    (1, Buddy, "Walk round with your buddy", "Rooms, keys, the staff room, whom to ask for what."),
    (2, Alone, "Read the schemes of work for your groups", "Know what your learners have done and what comes next."),
    (3, Mentor, "See a lesson of your mentor’s", "How learners here are used to working. You choose what to look at."),
    (
        4,
        Group,
        "Behaviour: routines that work here",
        "What is agreed across the college, tried out with others who are new.",
    ),
    (6, Mentor, "Talk about your first weeks", "What went well, what is hard, what you would like to try."),
    (8, Group, "Questions that make everybody think", "Two or three ways of asking, to use the week after."),
    (10, Mentor, "Plan something you want to try", "One change in one group, small enough to see what it does."),
    (
        12,
        Mentor,
        "Look back, and say whom you can ask from now on",
        "After these weeks you ask any of us, whenever you like.",
    ),
];

const NEWLY_QUALIFIED: &[Line] = &[
    (1, Mentor, "Meet your mentor", "Agree a weekly time, and what you two will begin with."),
    (1, Buddy, "Walk round with your buddy", "Rooms, keys, the staff room, whom to ask for what."),
    (2, Mentor, "See a lesson of your mentor’s", "You choose what to look at, and talk about it the same day."),
    (3, Group, "Behaviour: beginning and ending a lesson", "Routines, tried out with others who are new."),
    (5, Mentor, "Teach a part of a lesson together", "Plan it together, teach it together, say what it did."),
    (6, Mentor, "Talk about your first half term", "What went well, what is hard, what you would like to try."),
    (8, Group, "Behaviour: when it gets difficult", "Cases from your own rooms, without names."),
    (10, Alone, "See a lesson in another area", "Something you can take into your own subject."),
    (12, Group, "Finding out what learners have understood", "Checks in the middle of a lesson, and what to do then."),
    (15, Mentor, "Look back at the first term", "Choose one thing for the next one."),
    (20, Mentor, "Something new, tried twice", "With time between to change it."),
    (26, Group, "Learners who need more", "What helps in a room with everybody in it."),
    (30, Mentor, "Look back at the year", "What you can do now, and what you would like to learn next."),
];

const TRAINEE: &[Line] = &[
    (1, Mentor, "Meet your mentor", "What you are training for, and which groups you will be with."),
    (1, Alone, "Sit in with two groups", "Who is in the room, and how a lesson runs."),
    (2, Mentor, "Plan a first activity together", "Ten minutes of a lesson that somebody else teaches."),
    (3, Mentor, "Teach that activity", "And talk about it the same day."),
    (4, Group, "Behaviour: beginning and ending a lesson", "Routines, tried out with other trainees."),
    (6, Mentor, "Teach half a lesson", "Your own plan, with somebody beside you."),
    (8, Group, "Questions that make everybody think", "Two or three ways of asking, to use the week after."),
    (10, Mentor, "Teach a whole lesson", "Choose beforehand what you would like to hear about."),
    (14, Alone, "See three other teachers", "The same age group, different subjects."),
    (20, Mentor, "Plan a row of lessons", "What comes first, and how you will know it has been understood."),
    (30, Mentor, "Look back, and think about a first post", "What you would like to be asked to teach."),
];

const ASSESSOR: &[Line] = &[
    (1, Mentor, "Meet your mentor", "Your learners, your employers, the standards you work to."),
    (1, Buddy, "Walk round with your buddy", "Systems, forms, whom to ask for what."),
    (2, Buddy, "Go along on a visit", "How a visit to a workplace runs, from the first call on."),
    (3, Mentor, "Plan a visit together", "What is to be seen, and how the learner is told."),
    (4, Alone, "Visit by yourself", "And note what you would like to ask."),
    (5, Mentor, "Look at two pieces of work together", "Come to the same view, or find out why not."),
    (6, Group, "Feedback that learners use", "Words that say what to do next."),
    (8, Group, "Difficult conversations at work", "With employers and learners; cases without names."),
    (
        10,
        Mentor,
        "Look back, and say whom you can ask from now on",
        "After these weeks you ask any of us, whenever you like.",
    ),
];

const NEW_PRACTITIONER: &[Line] = &[
    (1, Buddy, "Meet your buddy", "What a week in the role looks like, and what nobody tells you."),
    (1, Alone, "Read what the role is for", "And what it is not: nobody is judged here."),
    (2, Group, "Roles, responsibilities and conduct", "What stays between two people, and the one limit of it."),
    (2, Alone, "Publish your support hours", "Two or three times a week when colleagues are free."),
    (3, Buddy, "Talk through how support runs", "From the first answer to the end. With cases without names."),
    (
        4,
        Buddy,
        "Your first support, with your buddy behind you",
        "You do it alone; before and after, you talk about how you work, not about whom.",
    ),
    (5, Group, "Watching a lesson so that it helps", "What to write down, and how to talk about it."),
    (6, Buddy, "Look at your hours", "Half of what is planned is fine at this point."),
    (8, Group, "Supporting a colleague over some weeks", "Goals in their words, and when to stop."),
    (
        10,
        Group,
        "Leading a session for colleagues",
        "Something you will do without having been taught how: here it is.",
    ),
    (12, Buddy, "Look back, and be somebody’s buddy next time", "What helped you, and what was missing."),
];

/// The plan that is proposed for a kind of newcomer.
pub fn proposed(kind: Kind) -> Vec<Step> {
    let lines = match kind {
        Kind::NewToPost => NEW_TO_POST,
        Kind::NewlyQualified => NEWLY_QUALIFIED,
        Kind::Trainee => TRAINEE,
        Kind::Assessor => ASSESSOR,
        Kind::NewPractitioner => NEW_PRACTITIONER,
    };
    let step = |(week, company, title, purpose): &Line| Step {
        title: (*title).to_owned(),
        purpose: (*purpose).to_owned(),
        week: *week,
        company: *company,
    };
    lines.iter().map(step).collect()
}
