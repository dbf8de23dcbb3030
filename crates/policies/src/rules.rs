//! The schema and policies as Cedar sees them, read and validated once.

use std::collections::HashMap;

use cedar_policy::{
    ActionConstraint, Authorizer, Context, Decision, Entities, Entity, EntityUid, Policy, PolicyId, PolicySet, Request,
    ResourceConstraint, RestrictedExpression, Schema, ValidationMode, Validator,
};

use crate::acts::{ALL, ActInfo};
use crate::entities::{Drawn, Names};
use crate::gate::Question;

/// The schema, in Cedar's own notation.
pub(crate) const SCHEMA: &str = include_str!("../cedar/alongside.cedarschema");

/// The policy files, one a feature, with their names.
pub(crate) const FILES: &[(&str, &str)] = &[
    ("support.cedar", include_str!("../cedar/support.cedar")),
    ("boundaries.cedar", include_str!("../cedar/boundaries.cedar")),
    ("hours.cedar", include_str!("../cedar/hours.cedar")),
    ("resources.cedar", include_str!("../cedar/resources.cedar")),
    ("directory.cedar", include_str!("../cedar/directory.cedar")),
    ("accounts.cedar", include_str!("../cedar/accounts.cedar")),
    ("programme.cedar", include_str!("../cedar/programme.cedar")),
    ("firewall.cedar", include_str!("../cedar/firewall.cedar")),
    ("safeguarding.cedar", include_str!("../cedar/safeguarding.cedar")),
    ("inductions.cedar", include_str!("../cedar/inductions.cedar")),
    ("required.cedar", include_str!("../cedar/required.cedar")),
    ("communities.cedar", include_str!("../cedar/communities.cedar")),
    ("reviews.cedar", include_str!("../cedar/reviews.cedar")),
];

/// The policies or their schema are wrong.
#[derive(Debug, thiserror::Error)]
pub enum RulesError {
    /// The schema or a name in it does not parse.
    #[error("the schema of the policies: {0}")]
    Schema(String),
    /// A policy file does not parse.
    #[error("{file}: {message}")]
    Parse {
        /// Which file.
        file: String,
        /// What Cedar says.
        message: String,
    },
    /// A policy has no `@id`, or one that another policy has too.
    #[error("{file}: a policy without an @id of its own: {policy}")]
    Id {
        /// Which file.
        file: String,
        /// The policy's text or id.
        policy: String,
    },
    /// The schema puts acts into a group.
    #[error("acts must not be grouped, a rule about a group can silently not apply: {0}")]
    Group(String),
    /// The policies do not fit the schema.
    #[error("the policies do not fit their schema: {0}")]
    Invalid(String),
}

/// What bears on one act.
#[derive(Debug)]
struct About {
    policies: PolicySet,
    /// The schema's own entity for the act: without it a rule about a group would not apply.
    action: Entity,
}

/// Policies that were read, named and strictly validated.
#[derive(Debug)]
pub(crate) struct Rules {
    schema: Schema,
    by_act: HashMap<&'static str, About>,
    authorizer: Authorizer,
    names: Names,
}

impl Rules {
    /// The policies this crate carries.
    pub(crate) fn embedded() -> Result<Self, RulesError> {
        Self::read(SCHEMA, FILES)
    }

    /// Reads policies from texts, each with its file's name.
    pub(crate) fn read(schema: &str, files: &[(&str, &str)]) -> Result<Self, RulesError> {
        let (schema, mut warnings) =
            Schema::from_cedarschema_str(schema).map_err(|error| RulesError::Schema(error.to_string()))?;
        if let Some(warning) = warnings.next() {
            return Err(RulesError::Schema(warning.to_string()));
        }
        drop(warnings);
        let policies = read_files(files)?;
        let verdict = Validator::new(schema.clone()).validate(&policies, ValidationMode::Strict);
        if !verdict.validation_passed_without_warnings() {
            return Err(RulesError::Invalid(verdict.to_string()));
        }
        if let Some(group) = schema.action_groups().next() {
            return Err(RulesError::Group(group.to_string()));
        }
        let by_act = ALL.iter().map(|act| Ok((act.name, about(act, &schema, &policies)?))).collect::<Result<_, _>>()?;
        let names = Names::new().map_err(RulesError::Schema)?;
        Ok(Self { schema, by_act, authorizer: Authorizer::new(), names })
    }

    /// Whether the policies allow it. Whatever cannot be asked or decided without an error is not allowed: Cedar by
    /// itself would skip a forbid that fails.
    pub(crate) fn allow(&self, question: &Question<'_>) -> bool {
        self.ask(question).unwrap_or(false)
    }

    fn ask(&self, question: &Question<'_>) -> Option<bool> {
        let about = self.by_act.get(question.act.name)?;
        let Drawn { principal, action, resource, practitioner, entities } = self.names.draw(question)?;
        let context = match practitioner {
            Some(uid) => {
                let chosen = ("practitioner".to_owned(), RestrictedExpression::new_entity_uid(uid));
                Context::from_pairs([chosen]).ok()?
            }
            None => Context::empty(),
        };
        // Given the schema, this also checks that the act, the actor and the thing fit each other.
        let request = Request::new(principal, action, resource, context, Some(&self.schema)).ok()?;
        let entities = Entities::from_entities(entities.into_iter().chain([about.action.clone()]), None).ok()?;
        let response = self.authorizer.is_authorized(&request, &about.policies, &entities);
        let sound = response.diagnostics().errors().next().is_none();
        Some(sound && response.decision() == Decision::Allow)
    }
}

/// What bears on an act: the policies whose head does not rule out the act or the kind of thing it is done on. Without
/// groups, a head names acts one by one or none at all.
fn about(act: &ActInfo, schema: &Schema, policies: &PolicySet) -> Result<About, RulesError> {
    let is_act = |uid: &EntityUid| uid.id().unescaped() == act.name;
    let bearing = policies.policies().filter(|policy| {
        let other_act = match policy.action_constraint() {
            ActionConstraint::Any => false,
            ActionConstraint::Eq(uid) => !is_act(&uid),
            ActionConstraint::In(uids) => !uids.iter().any(is_act),
        };
        let other_kind = match policy.resource_constraint() {
            ResourceConstraint::Is(kind) => kind.to_string() != act.on.code(),
            _ => false,
        };
        !other_act && !other_kind
    });
    let policies =
        PolicySet::from_policies(bearing.cloned()).map_err(|error| RulesError::Invalid(error.to_string()))?;
    let actions = schema.action_entities().map_err(|error| RulesError::Schema(error.to_string()))?;
    let action = actions.iter().find(|entity| is_act(&entity.uid())).cloned();
    action
        .map(|action| About { policies, action })
        .ok_or_else(|| RulesError::Schema(format!("no act is called {}", act.name)))
}

/// The policies of all files, each under its own `@id`.
fn read_files(files: &[(&str, &str)]) -> Result<PolicySet, RulesError> {
    let mut policies = PolicySet::new();
    for (file, text) in files {
        for policy in read_file(file, text)? {
            let id = policy.id().to_string();
            policies.add(policy).map_err(|_| RulesError::Id { file: (*file).to_owned(), policy: id })?;
        }
    }
    Ok(policies)
}

/// The policies of one file, each under its own `@id`.
fn read_file(file: &str, text: &str) -> Result<Vec<Policy>, RulesError> {
    let set: PolicySet =
        text.parse().map_err(|error| RulesError::Parse { file: file.to_owned(), message: format!("{error}") })?;
    set.policies()
        .map(|policy| match policy.annotation("id") {
            Some(id) if !id.is_empty() => Ok(policy.new_id(PolicyId::new(id))),
            _ => Err(RulesError::Id { file: file.to_owned(), policy: policy.to_string() }),
        })
        .collect()
}

#[cfg(test)]
mod tests;
