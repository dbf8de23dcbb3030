//! The frame of the role in the college that has a row in every table.

use domain::frame::{About, Phase, SetBy, Specialism};
use domain::ids::AreaId;
use domain::minutes::Minutes;
use domain::remission::{Base, Remission};
use policies::acts::{EditProfile, PublishStatement, SeeFrame, SetFrame, SetPriorities, SetRemission};
use store::directory::{self, Profile};
use store::frame::{self, Priority};
use store::{Db, facts};

use crate::college::{College, House, now};

impl House {
    /// The frame of the role, a subject of the practitioner's own, a further area.
    pub async fn frame(&self, db: &Db, college: &College) {
        let lead = self.person(db, college.facts.institution, college.lead).await;
        let practitioner = self.person(db, college.facts.institution, college.practitioner).await;
        let publish = self.permit::<PublishStatement>(&lead, &college.facts, &());
        frame::publish(db, &publish, (1, "What it is for"), now()).await.expect("published");
        let base = Base::default();
        let set = self.permit::<SetFrame>(&lead, &college.facts, &());
        frame::set(db, &set, &base, Some(Minutes::hours(600))).await.expect("set");
        let given = self.permit::<SetRemission>(&lead, &practitioner, &());
        let remission = Remission::of_year(Minutes::hours(150), base);
        let see = self.permit::<SeeFrame>(&lead, &college.facts, &());
        let areas: Vec<AreaId> = frame::areas(db, &see).await.expect("areas").iter().map(|(id, _)| *id).collect();
        frame::set_remission(db, &given, (&remission, base.caseload), &areas).await.expect("given");
        let name = self.permit::<SetPriorities>(&lead, &college.facts, &());
        let set_by = Some(SetBy::Seniors);
        let priority = Priority { theme: college.theme, set_by, leads: vec![college.practitioner] };
        frame::set_priorities(db, &name, &[priority]).await.expect("named");
        crate::models::plan(self, db, (college, &lead)).await;
        crate::boundaries::fill(self, db, (college, &lead, &practitioner)).await;
        crate::new_year::fill(self, db, (college, &lead)).await;
        let own = facts::practice(college.facts.institution, college.practitioner);
        let edit = self.permit::<EditProfile>(&practitioner, &own, &());
        let specialism =
            Specialism { about: About::Subject, name: "Maths".to_owned(), phase: Phase::Further, ages: Some((16, 19)) };
        let profile = Profile {
            about: "",
            teaches: "Maths",
            room: "A1",
            expertise: &[(college.theme, true)],
            specialisms: &[specialism],
        };
        directory::edit_profile(db, &edit, profile).await.expect("a profile");
    }
}
