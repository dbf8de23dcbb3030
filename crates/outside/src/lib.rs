//! For tests only: one function for each parser of what comes from outside. Each takes any bytes at all and must come back;
//! on the way it asserts what the parser promises. `fuzz/` runs them for hours, `tests/anything.rs` for seconds
//! (docs/develop/testing.md).

mod backups;
mod figures;
mod forms;
mod plans;
mod sealed;
mod staff;
mod texts;

/// A parser to be tried.
#[derive(Debug, Clone, Copy)]
pub struct Target {
    /// Its name: of the fuzz target, and of the folder of its seeds.
    pub name: &'static str,
    /// Gives it bytes.
    pub run: fn(&[u8]),
    /// Whether one run takes a thousandth of a second or more.
    pub slow: bool,
}

const fn quick(name: &'static str, run: fn(&[u8])) -> Target {
    Target { name, run, slow: false }
}

const fn slow(name: &'static str, run: fn(&[u8])) -> Target {
    Target { name, run, slow: true }
}

/// All of them.
pub const TARGETS: [Target; 19] = [
    quick("sealed-items", sealed::items),
    quick("sealed-keys", sealed::keys),
    slow("sealed-grants", sealed::grants),
    slow("sealed-proofs", sealed::proofs),
    quick("sealed-layers", sealed::layers),
    quick("form-fields", forms::fields),
    quick("form-uploads", forms::uploads),
    quick("form-figures", figures::lines),
    quick("staff-separated", staff::separated),
    slow("staff-workbooks", staff::workbooks),
    slow("staff-sheets", staff::sheets),
    slow("staff-packages", staff::packages),
    quick("text-weeks", texts::weeks),
    quick("text-cells", texts::cells),
    quick("text-set-up", texts::set_up),
    quick("text-settings", texts::settings),
    slow("backup-files", backups::files),
    slow("backup-insides", backups::insides),
    slow("plan-instances", plans::instances),
];

/// Runs the target of this name.
///
/// # Errors
/// There is none.
pub fn run(name: &str, bytes: &[u8]) -> Result<(), NoTarget> {
    let target = TARGETS.iter().find(|target| target.name == name).ok_or(NoTarget)?;
    (target.run)(bytes);
    Ok(())
}

/// There is no target of that name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NoTarget;

/// Bytes as a text, as far as they are one.
fn text(bytes: &[u8]) -> std::borrow::Cow<'_, str> {
    String::from_utf8_lossy(bytes)
}

/// The parts between zero bytes: a target that takes several texts finds them so.
fn parts<const N: usize>(bytes: &[u8]) -> [String; N] {
    let mut parts = bytes.splitn(N, |byte| *byte == 0).map(|part| text(part).into_owned());
    [(); N].map(|()| parts.next().unwrap_or_default())
}
