//! The schema and the policies as they are built in, in their two layers.

use cedar_policy::{Effect, Policy, PolicyId, PolicySet, RequestEnv, Schema};

use crate::Fault;

/// A policy and the file it stands in.
#[derive(Debug, Clone)]
pub struct Ruling {
    /// The file's name.
    pub file: &'static str,
    /// The policy, under its own `@id`.
    pub policy: Policy,
}

/// Everything that is built in.
#[derive(Debug)]
pub struct House {
    /// The schema.
    pub schema: Schema,
    /// Every policy of every file.
    pub rulings: Vec<Ruling>,
    /// Every kind of actor with every act and kind of thing that the schema allows together.
    pub environments: Vec<RequestEnv>,
}

/// Part of the policies that is proved apart, so that neither part hides a gap of the other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Layer {
    /// What is permitted, before the firewall.
    Permits,
    /// The forbids, as if everything else were permitted.
    Firewall,
    /// Both, as they are in force.
    Whole,
}

impl House {
    /// Reads it.
    pub fn read() -> Result<Self, Fault> {
        let (schema, files) = policies::texts();
        let schema = schema.parse::<Schema>().map_err(|why| Fault::about("the schema", why))?;
        let mut rulings = Vec::new();
        for &(file, text) in files {
            let set: PolicySet = text.parse().map_err(|why| Fault::about(file, why))?;
            for policy in set.policies() {
                let id = policy.annotation("id").ok_or_else(|| Fault::about(file, "a policy without an @id"))?;
                rulings.push(Ruling { file, policy: policy.new_id(PolicyId::new(id)) });
            }
        }
        let environments = schema.request_envs().collect();
        Ok(Self { schema, rulings, environments })
    }

    /// The policies of a layer.
    pub fn layer(&self, layer: Layer) -> Result<PolicySet, Fault> {
        layer.of(self.rulings.iter().map(|ruling| &ruling.policy))
    }
}

impl Layer {
    /// The effect of the policies that make up this layer; none where both do.
    fn effect(self) -> Option<Effect> {
        match self {
            Self::Permits => Some(Effect::Permit),
            Self::Firewall => Some(Effect::Forbid),
            Self::Whole => None,
        }
    }

    /// This layer of some policies.
    pub fn of<'a>(self, policies: impl Iterator<Item = &'a Policy>) -> Result<PolicySet, Fault> {
        let own = policies.filter(|policy| self.effect().is_none_or(|effect| policy.effect() == effect)).cloned();
        let everything = match self {
            Self::Firewall => Some(everything()?),
            Self::Permits | Self::Whole => None,
        };
        PolicySet::from_policies(own.chain(everything)).map_err(|why| Fault::about("a layer", why))
    }
}

/// Permits every act.
fn everything() -> Result<Policy, Fault> {
    let id = PolicyId::new("everything else");
    Policy::parse(Some(id), "permit (principal, action, resource);").map_err(|why| Fault::about("everything", why))
}

/// The act of an environment, by its name.
pub fn act(environment: &RequestEnv) -> &str {
    environment.action().id().unescaped()
}
