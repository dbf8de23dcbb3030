//! A college of 400 staff after five years, under load on loopback: one user and fifty who never wait, and two hundred who
//! ask every five seconds. Every user is a session of their own; the generator's processor time is reported apart.

use super::accounts::Accounts;
use super::http::{Answer, Client};
use super::page::{self, Form};
use super::process::Process;
use super::program::{Folder, Program};
use super::record::{Figure, milliseconds};
use crate::fault::Fault;
use crate::files;
use crate::steps::Line;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

/// What the sample is stretched to.
const LARGE: [&str; 4] = ["--years", "5", "--staff", "400"];
/// A password of nobody's.
const PASSWORD: &str = "load and nothing but load";
/// How many users there are.
const USERS: usize = 200;
/// How long the fifty and the two hundred go on.
const SPELL: Duration = Duration::from_secs(20);
/// How often each of the two hundred asks.
const PAUSE: Duration = Duration::from_secs(5);
const NAMES: [&str; 7] = ["home", "ask form", "ask", "week", "note", "board", "sign-in"];
/// Those that write, with a commit that waits for the disk.
const WRITES: [&str; 2] = ["ask", "note"];

/// A user: who, and their browser.
struct User {
    part: Part,
    email: String,
    password: String,
    client: Client,
    turn: usize,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    Teacher,
    Practitioner,
    Lead,
}

/// How long each kind of request took.
type Times = BTreeMap<&'static str, Vec<Duration>>;

/// A database to measure on.
pub struct On<'a> {
    /// Its name in the figures.
    pub name: &'a str,
    /// Its address, where it is not the folder's own.
    pub url: Option<String>,
}

impl On<'_> {
    /// Words that make the program use it.
    fn words(&self) -> Vec<String> {
        self.url.iter().flat_map(|url| ["--database".to_owned(), url.clone()]).collect()
    }
}

/// Fills the large college, makes accounts, and measures.
pub fn measure(root: &Path, on: &On<'_>) -> Result<Vec<Figure>, Fault> {
    let folder = Folder::new(&format!("load-{}", on.name))?;
    let mut words: Vec<String> = LARGE.iter().map(|word| (*word).to_owned()).collect();
    let mut program = Program::large(root, &folder.0, &words)?;
    let mut filled = program.ready_after;
    if let Some(url) = &on.url {
        // Filled on SQLite and moved, as a college would: act by act over a connection it would take many minutes.
        program.stop()?;
        let line =
            format!("{} move-database {url} --data {}", Program::path(root).display(), folder.0.join("data").display());
        let begun = Instant::now();
        Line::new(root, &line).output()?;
        filled = begun.elapsed();
        words.extend(on.words());
        program = Program::large(root, &folder.0, &words)?;
    }
    let mut users = users(root, &folder.0, &program, on)?;
    let mut process = Process::new(program.id());
    let mut figures = Vec::new();
    let mut add = |what: String, value: String, target: &str| {
        println!("{} · {what}: {value}", on.name);
        let name = format!("{} · {what}", on.name);
        figures.push(Figure { name, value, target: target.into(), command: "cargo xtask figures --load".into() });
    };
    let how = if on.url.is_none() { "filled" } else { "moved there and compared" };
    add(format!("400 staff and five years, {how}"), format!("{:.0} s", filled.as_secs_f64()), "");
    for (name, cpu, times) in alone(&mut users, &mut process, &program)? {
        let target = if name == "sign-in" {
            ""
        } else if WRITES.contains(&name) {
            "< 2 ms"
        } else {
            "< 1 ms"
        };
        add(format!("{name}, 1 user, processor time"), milliseconds(cpu), target);
        add(format!("{name}, 1 user, p50 / p99"), both(&times), "p99 < 50 ms");
    }
    let (times, cpu) = signing_in(users.get(..50).unwrap_or_default(), &mut process, &program)?;
    add("sign-in, 50 users who never wait, processor time".into(), milliseconds(cpu), "");
    add("sign-in, 50 users who never wait, p50 / p99".into(), both(&times), "");
    for (many, pause) in [(50, Duration::ZERO), (USERS, PAUSE)] {
        let told = if pause.is_zero() { "never wait" } else { "ask every 5 s" };
        let spell = together(users.get_mut(..many).unwrap_or_default(), &mut process, pause)?;
        for (name, times) in &spell.times {
            add(format!("{name}, {many} users who {told}, p50 / p99"), both(times), "p99 < 50 ms");
        }
        let all: usize = spell.times.values().map(Vec::len).sum();
        let each = spell.cpu / u32::try_from(all.max(1)).unwrap_or(u32::MAX);
        let rate = all as f64 / spell.took.as_secs_f64();
        add(format!("{many} users who {told}"), format!("{rate:.0} requests a second"), "");
        add(format!("{many} users who {told}, processor time of a request"), milliseconds(each), "");
        let own = spell.own / u32::try_from(all.max(1)).unwrap_or(u32::MAX);
        add(format!("{many} users who {told}, the generator's own, of a request"), milliseconds(own), "");
    }
    add("memory after it".into(), format!("{:.0} MB", process.memory_mb()?), "< 80 MB");
    program.stop()?;
    Ok(figures)
}

/// Two hundred people of the staff file with a password each, through set-up links as anybody gets one. One in ten of those
/// who are there at a time is a practitioner or the lead, at one computer or another.
fn users(root: &Path, folder: &Path, program: &Program, on: &On<'_>) -> Result<Vec<User>, Fault> {
    let staff = files::read(&root.join("demo/staff.csv"))?;
    let sample = Accounts::read(&program.accounts)?;
    let with = |roles: &str, part: Part| -> Vec<(Part, String)> {
        let lines = staff.lines().filter(|line| line.contains(&format!(",{roles},")));
        let emails = lines.filter_map(|line| line.split(',').find(|cell| cell.contains('@')));
        emails.map(|email| (part, email.to_owned())).collect()
    };
    let mut teachers = with("teacher", Part::Teacher).into_iter();
    // The lead first, so that the board is asked for by fifty users too.
    // Those with a password already keep it: one chosen with a link would first have to unlock their keys.
    let mut offices = [with("programme lead", Part::Lead), with("teacher; practitioner", Part::Practitioner)].concat();
    offices.retain(|(_, email)| sample.password_of(email).is_some());
    let mut offices = offices.iter().cycle().cloned();
    let mut known = BTreeSet::new();
    let mut users = Vec::new();
    for turn in 0..USERS {
        let next = if turn % 10 == 9 { offices.next() } else { teachers.next() };
        let (part, email) = next.ok_or_else(|| Fault(format!("the staff file has no {USERS} people to use")))?;
        let password = sample.password_of(&email).unwrap_or(PASSWORD).to_owned();
        let client = if password == PASSWORD && known.insert(email.clone()) {
            account(root, folder, program, &email, on)?
        } else {
            let mut client = Client::new(&program.address);
            sign_in(&mut client, (&email, &password))?;
            client
        };
        users.push(User { part, email, password, client, turn });
    }
    Ok(users)
}

/// A browser in which somebody has chosen a password and is signed in.
fn account(root: &Path, folder: &Path, program: &Program, email: &str, on: &On<'_>) -> Result<Client, Fault> {
    let data = folder.join("data");
    let words = on.words().join(" ");
    let line = format!("{} set-up-link {email} --data {} {words}", Program::path(root).display(), data.display());
    let said = Line::new(root, &line).output()?;
    let link = said.lines().find_map(|line| line.split_once("/set-up/")).map(|(_, token)| token.trim().to_owned());
    let link = link.ok_or_else(|| Fault(format!("no link for {email}: {said}")))?;
    let mut client = Client::new(&program.address);
    let path = format!("/set-up/{link}");
    let mut form = form(&mut client, &path, &path)?;
    form.set("new", PASSWORD);
    form.set("again", PASSWORD);
    expect(client.post(&form.action, &form.fields)?.status, 303, &path)?;
    sign_in(&mut client, (email, PASSWORD))?;
    Ok(client)
}

fn sign_in(client: &mut Client, (email, password): (&str, &str)) -> Result<(), Fault> {
    let mut form = form(client, "/sign-in", "/sign-in")?;
    form.set("email", email);
    form.set("password", password);
    expect(client.post(&form.action, &form.fields)?.status, 303, "/sign-in")
}

fn expect(status: u16, wanted: u16, what: &str) -> Result<(), Fault> {
    if status == wanted { Ok(()) } else { Err(Fault(format!("{what} was answered with {status}"))) }
}

fn form(client: &mut Client, path: &str, action: &str) -> Result<Form, Fault> {
    let shown = client.follow(path)?;
    let found = page::forms(&shown.body).into_iter().find(|form| form.action == action);
    found.ok_or_else(|| Fault(format!("{path} has no form for {action}")))
}

impl User {
    /// The next thing they do; a form's page and its sending are timed apart.
    fn next(&mut self, times: &mut Times) -> Result<(), Fault> {
        self.turn += 1;
        match (self.part, self.turn % 3) {
            (Part::Teacher, 0) => self.get("home", times),
            (Part::Teacher, 1) => self.get("ask form", times),
            (Part::Teacher, _) => self.send("ask", times),
            (Part::Practitioner, 2) => self.send("note", times),
            (Part::Practitioner, _) => self.get("week", times),
            (Part::Lead, _) => self.get("board", times),
        }
    }

    fn get(&mut self, name: &'static str, times: &mut Times) -> Result<(), Fault> {
        let path = match name {
            "home" => "/support",
            "ask form" => "/support/new",
            "week" => "/week",
            _ => "/programme",
        };
        let begun = Instant::now();
        let answer = self.client.get(path)?;
        times.entry(name).or_default().push(begun.elapsed());
        expect(answer.status, 200, path)
    }

    fn send(&mut self, name: &'static str, times: &mut Times) -> Result<(), Fault> {
        let form = self.filled(name)?;
        let begun = Instant::now();
        let answer = self.client.post(&form.action, &form.fields)?;
        times.entry(name).or_default().push(begun.elapsed());
        self.after(name, answer)
    }

    /// A form with what it needs.
    fn filled(&mut self, name: &str) -> Result<Form, Fault> {
        let (path, action) = if name == "ask" { ("/support/new", "/support") } else { ("/hours/new", "/hours") };
        let shown = self.client.get(path)?;
        let found = page::forms(&shown.body).into_iter().find(|form| form.action == action);
        let mut form = found.ok_or_else(|| Fault(format!("{path} has no form for {action}")))?;
        if name == "ask" {
            let theme = shown.body.split("name=\"theme\" value=\"").nth(1).and_then(|rest| rest.split('"').next());
            form.set("theme", theme.unwrap_or_default());
        } else {
            form.set("minutes", "15");
        }
        Ok(form)
    }

    /// Takes a request back, so that it can be asked again.
    fn after(&mut self, name: &str, answer: Answer) -> Result<(), Fault> {
        expect(answer.status, 303, name)?;
        let Some(thread) = answer.location.filter(|_| name == "ask") else { return Ok(()) };
        let form = form(&mut self.client, &thread, &format!("{thread}/withdrawal"))?;
        expect(self.client.post(&form.action, &form.fields)?.status, 303, "taking back")
    }
}

/// A kind of request, its processor time, and how long each took.
type One = (&'static str, Duration, Vec<Duration>);

/// Each kind of request by one user who never waits.
fn alone(users: &mut [User], process: &mut Process, program: &Program) -> Result<Vec<One>, Fault> {
    let mut found = Vec::new();
    for name in NAMES {
        let part = match name {
            "home" | "ask form" | "ask" | "sign-in" => Part::Teacher,
            "board" => Part::Lead,
            _ => Part::Practitioner,
        };
        let user = users.iter_mut().find(|user| user.part == part);
        let user = user.ok_or_else(|| Fault(format!("nobody for {name}")))?;
        let rounds = if name == "sign-in" { 10 } else { 100 };
        let (mut times, mut spent) = (Times::new(), Duration::ZERO);
        for _ in 0..rounds {
            let form = if WRITES.contains(&name) { Some(user.filled(name)?) } else { None };
            let before = settled(process)?;
            let begun = Instant::now();
            let answer = match form {
                Some(form) => Some(user.client.post(&form.action, &form.fields)?),
                None if name == "sign-in" => {
                    sign_in(&mut Client::new(&program.address), (&user.email, &user.password))?;
                    None
                }
                None => {
                    user.get(name, &mut Times::new())?;
                    None
                }
            };
            times.entry(name).or_default().push(begun.elapsed());
            spent += settled(process)?.saturating_sub(before);
            answer.map_or(Ok(()), |answer| user.after(name, answer))?;
        }
        found.push((name, spent / rounds, times.remove(name).unwrap_or_default()));
    }
    Ok(found)
}

/// What a spell of many users came to.
struct Spell {
    times: Times,
    /// Processor time of the program.
    cpu: Duration,
    /// And of the generator.
    own: Duration,
    took: Duration,
}

/// Many users at once, each in a thread, for a while.
fn together(users: &mut [User], process: &mut Process, pause: Duration) -> Result<Spell, Fault> {
    let mut own = Process::new(std::process::id());
    let (before, own_before, begun) = (process.cpu()?, own.cpu()?, Instant::now());
    let over = AtomicBool::new(false);
    let told = std::thread::scope(|scope| -> Result<Vec<Times>, Fault> {
        let over = &over;
        let running: Vec<_> =
            (0..).zip(users).map(|(at, user)| scope.spawn(move || go_on(user, over, at, pause))).collect();
        while begun.elapsed() < SPELL {
            std::thread::sleep(Duration::from_millis(100));
            own.cpu()?;
        }
        over.store(true, Ordering::Relaxed);
        let ended = running.into_iter().map(|one| one.join().unwrap_or_else(|_| Err(Fault("a user fell over".into()))));
        ended.collect()
    })?;
    let mut times = Times::new();
    for one in told {
        one.into_iter().for_each(|(name, mut taken)| times.entry(name).or_default().append(&mut taken));
    }
    let (cpu, own) = (process.cpu()?.saturating_sub(before), own.cpu()?.saturating_sub(own_before));
    Ok(Spell { times, cpu, own, took: begun.elapsed() })
}

/// Many people who sign in at once and again, each in a thread: how long each took, and the processor time of one.
fn signing_in(users: &[User], process: &mut Process, program: &Program) -> Result<(Vec<Duration>, Duration), Fault> {
    let (before, begun) = (process.cpu()?, Instant::now());
    let all = std::thread::scope(|scope| -> Result<Vec<Vec<Duration>>, Fault> {
        let one = |user: &User| -> Result<Vec<Duration>, Fault> {
            let mut times = Vec::new();
            while begun.elapsed() < SPELL / 2 {
                let at = Instant::now();
                sign_in(&mut Client::new(&program.address), (&user.email, &user.password))?;
                times.push(at.elapsed());
            }
            Ok(times)
        };
        let running: Vec<_> = users.iter().map(|user| scope.spawn(move || one(user))).collect();
        let ended = running.into_iter().map(|one| one.join().unwrap_or_else(|_| Err(Fault("a user fell over".into()))));
        ended.collect()
    })?;
    let times = all.concat();
    let cpu = process.cpu()?.saturating_sub(before) / u32::try_from(times.len().max(1)).unwrap_or(u32::MAX);
    Ok((times, cpu))
}

fn go_on(user: &mut User, over: &AtomicBool, at: u32, pause: Duration) -> Result<Times, Fault> {
    let mut times = Times::new();
    // Not all at the same moment.
    let mut next = Instant::now() + pause * at / u32::try_from(USERS).unwrap_or(1);
    while !over.load(Ordering::Relaxed) {
        if Instant::now() < next {
            std::thread::sleep(Duration::from_millis(5));
            continue;
        }
        user.next(&mut times)?;
        next += pause;
    }
    Ok(times)
}

/// The time used once the program rests.
fn settled(process: &mut Process) -> Result<Duration, Fault> {
    std::thread::sleep(Duration::from_millis(3));
    process.cpu()
}

/// The middle and the hundredth-worst.
fn both(times: &[Duration]) -> String {
    let mut sorted = times.to_vec();
    sorted.sort();
    let at = |part: usize| sorted.get((sorted.len() * part / 100).min(sorted.len().saturating_sub(1))).copied();
    let told = |part| at(part).map_or_else(|| "none".to_owned(), milliseconds);
    format!("{} / {}", told(50), told(99))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_middle_and_the_hundredth_worst_are_told() {
        let times: Vec<Duration> = (1..=200).map(Duration::from_millis).collect();
        assert_eq!(both(&times), "101 ms / 199 ms");
        assert_eq!(both(&[]), "none / none");
    }
}
