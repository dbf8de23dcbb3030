//! What solverforge is told: needs that may be served, and what a plan is worth.

solverforge::planning_model! {
    root = "src/domain";

    mod need;
    mod plan;

    pub use need::Need;
    pub use plan::Plan;
}
