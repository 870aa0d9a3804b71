//! The program under load, and the trainer at its console.

use std::io::{BufRead, BufReader, Read};
use std::process::{Child, Command, Stdio};

use super::person::Connection;
use super::script;

/// A host that runs.
pub(crate) struct Host {
    child: Child,
    folder: tempfile::TempDir,
    pub(crate) port: u16,
    pub(crate) code: String,
    secret: String,
    room: String,
}

/// Who has the trainer's link.
pub(crate) struct Trainer {
    cookie: String,
}

impl Host {
    /// A room with so many places.
    pub(crate) fn open(people: usize, way: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("load.ron");
        std::fs::write(&path, script::script()).unwrap();
        let places = people.to_string();
        let mut words =
            vec!["host", path.to_str().unwrap(), "--way", way, "--places", &places, "--seed", "7"];
        let names: Vec<String> = (0..teams(people)).map(|n| format!("Team {n}")).collect();
        if way == "together" {
            names.iter().for_each(|name| words.extend(["--team", name]));
        }
        words.extend(["--port", "0"]);
        let (child, said) = spawn(&words, folder.path());
        let [port, secret, code, room] = said;
        Self { child, folder, port: port.parse().unwrap(), code, secret, room }
    }

    /// `kill -9`, and the same room again on the same port.
    pub(crate) fn kill_and_take_up(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
        let port = self.port.to_string();
        let (child, [_, secret, ..]) = spawn(&["host", "--again", "--port", &port], self.folder.path());
        (self.child, self.secret) = (child, secret);
    }

    /// Resident memory.
    pub(crate) fn resident_kib(&self) -> i64 {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id())).unwrap();
        let line = status.lines().find(|line| line.starts_with("VmRSS:")).unwrap();
        line.split_whitespace().nth(1).unwrap().parse().unwrap()
    }

    pub(crate) async fn trainer(&self) -> Trainer {
        let mut connection = Connection::to(self.port).await;
        let answer = connection.post("/trainer", "", &format!("secret={}", self.secret)).await;
        Trainer { cookie: answer.cookie.unwrap() }
    }

    /// Ends the host and has its journal verified; how many entries it holds.
    pub(crate) fn verify(&mut self) -> u64 {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
        let out = Command::new(env!("CARGO_BIN_EXE_breachdrill"))
            .args(["verify", &self.room, "--no-input", "--plain", "--lang", "en", "--data-dir"])
            .arg(self.folder.path())
            .output()
            .unwrap();
        let said = String::from_utf8_lossy(&out.stdout).into_owned();
        assert!(out.status.success(), "{said}{}", String::from_utf8_lossy(&out.stderr));
        let digits = |word: &str| word.replace(|c: char| !c.is_ascii_digit(), "");
        let entries =
            said.split_once(" entries").map(|(before, _)| before.rsplit(['(', ' ', '\n']).next().unwrap());
        entries
            .and_then(|word| digits(word).parse().ok())
            .unwrap_or_else(|| panic!("no number of entries: {said}"))
    }
}

impl Drop for Host {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// So many teams that each is one that could sit in a room, up to fifty.
fn teams(people: usize) -> usize {
    (people / 20).clamp(1, 50)
}

/// Starts the program; the port, the trainer's secret, the code and the room that it tells.
fn spawn(words: &[&str], folder: &std::path::Path) -> (Child, [String; 4]) {
    let mut child = Command::new(env!("CARGO_BIN_EXE_breachdrill"))
        .args(words)
        .args(["--no-input", "--plain", "--lang", "en", "--data-dir"])
        .arg(folder)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut said = String::new();
    let mut lines = BufReader::new(child.stdout.take().unwrap());
    while !said.contains("code ") {
        if lines.read_line(&mut said).unwrap() == 0 {
            let mut why = String::new();
            let _ = child.stderr.take().unwrap().read_to_string(&mut why);
            panic!("the host did not start: {said}{why}");
        }
    }
    let mut talk = String::new();
    let mut errors = BufReader::new(child.stderr.take().unwrap());
    while !talk.contains("Room ") {
        assert!(errors.read_line(&mut talk).unwrap() > 0, "the host said no room: {said}{talk}");
    }
    let link = said.split_whitespace().find(|word| word.contains("/trainer#")).unwrap();
    let (origin, secret) = link.split_once("/trainer#").unwrap();
    let port = origin.rsplit_once(':').unwrap().1.to_owned();
    let code: String =
        said.split_once("code ").unwrap().1.lines().next().unwrap().split_whitespace().collect();
    let room = talk.split_once("Room ").unwrap().1.split_whitespace().next().unwrap().to_owned();
    // What it says from now on is nobody's business, but somebody has to take it.
    std::thread::spawn(move || std::io::copy(&mut errors, &mut std::io::sink()));
    (child, [port, secret.to_owned(), code, room])
}

impl Trainer {
    pub(crate) async fn act(&self, host: &Host, act: &str, fields: &str) {
        let mut connection = Connection::to(host.port).await;
        let answer = connection.post(&format!("/console/{act}"), &self.cookie, fields).await;
        assert!(answer.status == 200, "{act}: {} {}", answer.status, answer.body);
    }

    /// Puts the questions of a wave, hours before their time.
    pub(crate) async fn fire(&self, host: &Host, wave: usize) {
        self.act(host, "fire", &format!("inject={}", script::BEATS + wave)).await;
    }
}
