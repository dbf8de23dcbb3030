//! What sealing costs: in Chromium, where it is done, and on the server, which checks from outside what it keeps.

use super::accounts::Accounts;
use super::http::Client;
use super::page;
use super::pages::settled;
use super::process::Process;
use super::program::{Folder, Program};
use super::record::milliseconds;
use super::{Report, worst_of};
use crate::fault::{Fault, While};
use crate::json::{self, Json};
use crate::needs;
use crate::steps::Line;
use std::path::Path;
use std::time::Duration;

const OPTION: &str = "--sealing";
const ASSETS: &str = "crates/assets";
/// How many messages are sent, those included that warm up.
const MESSAGES: usize = 360;
const WARM_UP: usize = 60;
const AT_MOST: Duration = Duration::from_millis(2);

/// Measures both and adds what came out.
pub fn measure(root: &Path, report: &mut Report) -> Result<(), Fault> {
    let assets = root.join(ASSETS);
    Line::new(&assets, "npm ci --ignore-scripts --silent --no-audit --no-fund").run()?;
    in_browser(&assets, report)?;
    on_server(root, &assets, report)
}

/// In Chromium where there is one; the names of the figures say where.
fn in_browser(assets: &Path, report: &mut Report) -> Result<(), Fault> {
    let chromium = needs::chromium().map(|path| path.display().to_string()).unwrap_or_default();
    let said = Line::new(assets, &format!("node test/measure.mjs {chromium}")).output()?;
    for line in said.lines() {
        let (name, value) = figure(line).ok_or_else(|| Fault(format!("`{line}` is no figure")))?;
        report.add_told(&format!("sealing · {name}"), value, "", false, OPTION);
    }
    Ok(())
}

/// A line of the measuring script: name, number and unit, parted by tabs.
fn figure(line: &str) -> Option<(&str, String)> {
    let mut parts = line.split('\t');
    let (name, number, unit) = (parts.next()?, parts.next()?.parse::<f64>().ok()?, parts.next()?);
    let value = match unit {
        "ms" => milliseconds(Duration::try_from_secs_f64(number / 1000.0).ok()?),
        _ => format!("{number:.0} {unit}"),
    };
    Some((name, value))
}

/// Keys of two people, a thread's key for both, then message after message: the processor time of each.
fn on_server(root: &Path, assets: &Path, report: &mut Report) -> Result<(), Fault> {
    let folder = Folder::new("sealing")?;
    let program = Program::demo(root, &folder.0)?;
    let accounts = Accounts::read(&program.accounts)?;
    let mut process = Process::new(program.id());
    let mut found = open_thread(&accounts, &program.address)?;
    let mut other = whose(&accounts, &program.address, &found.other)?;
    let line = format!("node test/seal-for-server.mjs {} {} {} {MESSAGES}", found.uid, found.other, found.id);
    let sealed = json::read(&Line::new(assets, &line).output()?)?;
    let mut setting_up = Vec::new();
    setting_up.push(send(&mut found.client, &mut process, ("/keys/own", &[("keys", text(&sealed, "teacher")?)]))?);
    setting_up.push(send(&mut other, &mut process, ("/keys/own", &[("keys", text(&sealed, "practitioner")?)]))?);
    let path = format!("/support/{}", found.id);
    let grants = [("epoch", "0"), ("grants", text(&sealed, "grants")?)];
    setting_up.push(send(&mut found.client, &mut process, (&format!("{path}/grants"), &grants))?);
    let words = format!("{path}/words");
    let mut spent = Duration::ZERO;
    let items = sealed.get("items").map(Json::items).unwrap_or_default();
    for (at, item) in items.iter().enumerate() {
        let (note, jwe) = (text(item, "note")?, text(item, "jwe")?);
        let fields = [("note", note), ("rev", "1"), ("epoch", "0"), ("kind", "message"), ("jwe", jwe)];
        let cost = send(&mut found.client, &mut process, (&words, &fields))?;
        spent += if at < WARM_UP { Duration::ZERO } else { cost };
    }
    program.stop()?;
    let count = u32::try_from(items.len().saturating_sub(WARM_UP)).on("counting messages")?;
    let each = spent.checked_div(count).ok_or_else(|| Fault("nothing was sealed".into()))?;
    report.add("sealing · a sealed message, processor time of the server", milliseconds(each), each, AT_MOST, OPTION);
    let name = "sealing · keys or a thread's grants, once, processor time of the server, the dearest";
    report.add_told(name, milliseconds(worst_of(&setting_up)), "", false, OPTION);
    Ok(())
}

/// Sends a form that is answered with "created": the processor time it took.
fn send(
    client: &mut Client,
    process: &mut Process,
    (path, fields): (&str, &[(&str, &str)]),
) -> Result<Duration, Fault> {
    let own = json::read(&client.get("/keys/own")?.body)?;
    let csrf = [("csrf", text(&own, "csrf")?)];
    let fields: Vec<(String, String)> =
        csrf.iter().chain(fields).map(|(name, value)| ((*name).into(), (*value).into())).collect();
    let before = settled(process)?;
    let answer = client.post(path, &fields)?;
    let spent = settled(process)?.saturating_sub(before);
    match answer.status {
        201 => Ok(spent),
        status => Err(Fault(format!("POST {path} was answered with {status}: {}", answer.body))),
    }
}

/// A thread in which its teacher can write, seen by the teacher.
struct Thread {
    client: Client,
    id: String,
    uid: String,
    other: String,
}

fn open_thread(accounts: &Accounts, address: &str) -> Result<Thread, Fault> {
    for person in &accounts.people {
        let mut client = accounts.sign_in(address, person)?;
        let shown = client.follow("/support")?;
        for link in page::links(&shown.body) {
            let Some(id) = link.strip_prefix("/support/").filter(|id| id.len() == 36) else { continue };
            let answer = client.get(&format!("{link}/words"))?;
            if answer.status != 200 {
                continue;
            }
            let words = json::read(&answer.body)?;
            let is_teacher = words.get("party").and_then(Json::text) == Some("teacher");
            if !is_teacher || words.get("may_write") != Some(&Json::Word("true")) {
                continue;
            }
            let other = words.get("other").ok_or_else(|| Fault(format!("{link}/words has no other")))?;
            let (uid, other) = (text(&words, "uid")?.to_owned(), text(other, "uid")?.to_owned());
            return Ok(Thread { client, id: id.to_owned(), uid, other });
        }
    }
    Err(Fault("no sample person has a thread to write in".into()))
}

/// A browser of the sample person with this identifier.
fn whose(accounts: &Accounts, address: &str, uid: &str) -> Result<Client, Fault> {
    for person in &accounts.people {
        let mut client = accounts.sign_in(address, person)?;
        let answer = client.get("/keys/own")?;
        if answer.status == 200 && text(&json::read(&answer.body)?, "uid")? == uid {
            return Ok(client);
        }
    }
    Err(Fault("the practitioner of the thread is no sample person".into()))
}

fn text<'a>(of: &'a Json, name: &str) -> Result<&'a str, Fault> {
    of.get(name).and_then(Json::text).ok_or_else(|| Fault(format!("what was sealed lacks `{name}`")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_of_the_script_are_figures_with_their_units() {
        assert_eq!(figure("seal a message\t0.4999\tms"), Some(("seal a message", "0.50 ms".into())));
        assert_eq!(figure("sealed.js\t223.236\tkB"), Some(("sealed.js", "223 kB".into())));
        assert_eq!(figure("seal a message\tms"), None);
    }
}
