use std::collections::BTreeSet;

use cedar_policy::EntityTypeName;
use domain::programme::Model;

use super::*;
use crate::acts::{Act, ActInfo, SeeOwnSupport, SeeThread};
use crate::facts::{Actor, PersonFacts, ProgrammeFacts, Thing};
use crate::scene::{self, Scene};

fn schema() -> Schema {
    Schema::from_cedarschema_str(SCHEMA).expect("the schema parses").0
}

fn code(text: &str) -> String {
    text.lines().map(|line| line.split("//").next().unwrap_or("")).collect::<Vec<_>>().join("\n")
}

#[test]
fn the_schema_and_the_list_of_acts_name_the_same_acts() {
    let in_schema: BTreeSet<String> = schema().actions().map(|uid| uid.id().unescaped().to_owned()).collect();
    let in_list: BTreeSet<String> = ALL.iter().map(|act| act.name.to_owned()).collect();
    assert_eq!(in_schema, in_list);
    assert_eq!(in_list.len(), ALL.len(), "an act is listed twice");
}

#[test]
fn every_act_has_the_actor_and_the_thing_its_schema_says() {
    let schema = schema();
    let sorts = |types: Vec<&EntityTypeName>| types.iter().map(ToString::to_string).collect::<Vec<_>>();
    let check = |act: &ActInfo| {
        let uid = format!("Action::\"{}\"", act.name).parse().expect("an action");
        let principals = sorts(schema.principals_for_action(&uid).expect("in the schema").collect());
        let resources = sorts(schema.resources_for_action(&uid).expect("in the schema").collect());
        let principals: BTreeSet<String> = principals.into_iter().collect();
        let doers: BTreeSet<String> = act.by.iter().map(|doer| doer.code().to_owned()).collect();
        assert_eq!((principals, resources), (doers, vec![act.on.code().into()]), "{}", act.name);
    };
    ALL.iter().for_each(check);
}

#[test]
fn no_policy_is_left_out_where_it_could_bear_on_an_act() {
    let rules = Rules::embedded().expect("the rules are read");
    let policies = read_files(FILES).expect("the files are read");
    let mut asked = 0;
    for policy in policies.policies() {
        for environment in policy.get_valid_request_envs(&rules.schema) {
            let act = environment.action().id().unescaped();
            let about = rules.by_act.get(act).expect("every act is known");
            assert!(about.policies.policy(policy.id()).is_some(), "{} is not asked about {act}", policy.id());
            asked += 1;
        }
    }
    assert!(asked > ALL.len(), "Cedar found next to nothing that bears on anything");
}

#[test]
fn the_policies_validate_strictly_and_each_has_an_id_of_its_own() {
    let rules = Rules::embedded().expect("valid");
    assert_eq!(rules.by_act.len(), ALL.len());
    let written: usize = FILES.iter().map(|(_, text)| code(text).matches("@id(").count()).sum();
    let heads: usize = FILES
        .iter()
        .map(|(_, text)| code(text).matches("permit (").count() + code(text).matches("forbid (").count())
        .sum();
    let read = read_files(FILES).expect("ids are unique").num_of_policies();
    assert_eq!((written, heads), (read, read));
}

#[test]
fn every_policy_is_told_in_a_comment_right_above_it() {
    for (file, text) in FILES {
        let lines: Vec<&str> = text.lines().collect();
        for pair in lines.windows(2).filter(|pair| pair[1].starts_with("@id(")) {
            assert!(pair[0].starts_with("// ") && pair[0].ends_with('.'), "{file}: {}", pair[1]);
        }
    }
}

#[test]
fn no_act_is_in_a_group() {
    assert_eq!(schema().action_groups().count(), 0);
    for (file, text) in FILES.iter().chain([&("schema", SCHEMA)]) {
        assert!(!code(text).contains("action in Action::"), "{file} names a group");
    }
    let files = [FILES, &[("extra", "@id(\"x\") permit (principal, action in Action::\"All\", resource);")]].concat();
    let grouped = SCHEMA.replace(
        "action SeeThread,",
        "action All;\naction SeeThread in [All]\n  appliesTo { principal: Person, resource: Thread };\naction",
    );
    assert!(matches!(Rules::read(&grouped, &files), Err(RulesError::Group(_))));
}

#[test]
fn what_the_gate_draws_fits_the_schema() {
    let rules = Rules::embedded().expect("valid");
    let model = Model::Deficit;
    let programme = ProgrammeFacts { institution: scene::elsewhere(), model, asking_opened: true, sample: true };
    let scene = Scene::under(&programme);
    for act in ALL {
        let (actor, with) = (Actor::Person(&scene.appraiser), act.chooses.then_some(&scene.manager));
        let drawn = rules.names.draw(&Question { act, actor, on: scene.thing(act.on), with }).expect("drawn");
        assert_eq!(drawn.entities.len(), if act.chooses { 3 } else { 2 }, "{}", act.name);
        Entities::from_entities(drawn.entities, Some(&rules.schema)).expect(act.name);
    }
}

#[test]
fn one_person_with_two_sets_of_facts_is_denied() {
    let rules = Rules::embedded().expect("valid");
    let model = Model::Universal;
    let programme = ProgrammeFacts { institution: scene::elsewhere(), model, asking_opened: false, sample: false };
    let scene = Scene::under(&programme);
    let other = PersonFacts { leads_teachers: true, ..scene.teacher.clone() };
    let see = |on| Question { act: SeeOwnSupport::INFO, actor: Actor::Person(&scene.teacher), on, with: None };
    assert!(rules.allow(&see(Thing::Person(&scene.teacher))));
    assert!(!rules.allow(&see(Thing::Person(&other))));
}

#[test]
fn a_forbid_that_fails_while_deciding_denies() {
    let failing = "@id(\"x\") permit (principal, action == Action::\"SeeThread\", resource);
                   @id(\"y\") forbid (principal, action == Action::\"SeeThread\", resource)
                   when { 9223372036854775807 + 1 > 0 };";
    let rules = Rules::read(SCHEMA, &[("a", failing)]).expect("valid");
    let model = Model::Universal;
    let programme = ProgrammeFacts { institution: scene::elsewhere(), model, asking_opened: false, sample: false };
    let scene = Scene::under(&programme);
    let (act, actor, on) = (SeeThread::INFO, Actor::Person(&scene.teacher), Thing::Thread(&scene.thread));
    assert!(!rules.allow(&Question { act, actor, on, with: None }));
}

#[test]
fn policies_without_an_id_or_with_a_taken_one_are_refused() {
    let read = |text: &str| Rules::read(SCHEMA, &[("a", text)]);
    let see = "permit (principal, action == Action::\"SeeThread\", resource) when { principal.active };";
    assert!(matches!(read(see), Err(RulesError::Id { .. })));
    assert!(matches!(read(&format!("@id(\"x\") {see} @id(\"x\") {see}")), Err(RulesError::Id { .. })));
    assert!(read(&format!("@id(\"x\") {see}")).is_ok());
}

#[test]
fn policies_that_do_not_fit_the_schema_are_refused() {
    let unknown = "@id(\"x\") permit (principal, action == Action::\"SeeEverything\", resource);";
    assert!(matches!(Rules::read(SCHEMA, &[("a", unknown)]), Err(RulesError::Invalid(_))));
    let careless = "@id(\"x\") permit (principal, action == Action::\"SeeThread\", resource) \
                    when { resource.appraiserOfTeacher == principal };";
    assert!(matches!(Rules::read(SCHEMA, &[("a", careless)]), Err(RulesError::Invalid(_))));
}
