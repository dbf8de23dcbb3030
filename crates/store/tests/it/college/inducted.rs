//! Somebody's induction in the filled college.

use domain::inductions::{Kind, Ramp, Settling, proposed};
use jiff::civil::Date;
use policies::acts::{BeginInduction, SetInductionPlan, SetRemission};
use store::inductions::NewInduction;
use store::{Db, induction_plans, ramps};

use super::{College, House, now};

impl House {
    /// An induction of the teacher's with its plan, and a slow start.
    pub(super) async fn induction(&self, db: &Db, college: &College) {
        let lead = self.person(db, college.facts.institution, college.lead).await;
        let teacher = self.person(db, college.facts.institution, college.teacher).await;
        let practitioner = self.person(db, college.facts.institution, college.practitioner).await;
        let (steps, kind) = (proposed(Kind::NewToPost), Kind::NewToPost);
        let publish = self.permit::<SetInductionPlan>(&lead, &college.facts, &());
        induction_plans::publish(db, &publish, (self.fresh(), kind, 1), (&steps, now())).await.expect("published");
        let begin = self.permit::<BeginInduction>(&lead, &teacher, &());
        let day = |text: &str| text.parse::<Date>().expect("a day");
        let days = (day("2026-11-23"), day("2027-03-01"));
        let companions = (Some(college.practitioner), Some(college.lead));
        let new = NewInduction { id: self.fresh(), kind, days, companions, steps: &steps };
        store::inductions::insert(db, &begin, &new).await.expect("begun");
        let given = self.permit::<SetRemission>(&lead, &practitioner, &());
        let slowly = Settling { starts: days.0, ramp: Ramp::PROPOSED };
        ramps::set(db, &given, Some(&slowly)).await.expect("a slow start");
    }
}
