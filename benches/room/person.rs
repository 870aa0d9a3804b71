//! Everybody in the room, with a connection each for their page and one for what they decide.

use std::cell::RefCell;
use std::collections::HashMap;
use std::fmt::Write as _;
use std::rc::Rc;
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::task::{JoinHandle, LocalSet};
use tokio::time::Instant;

use super::figures::{Figures, Row};
use super::host::Host;
use super::script::{self, BEATS, beat, questions};

/// Connections that do one thing after another at the same time as the others.
const HANDS: usize = 256;

/// How long anything is waited for before the tool gives up.
const PATIENCE: Duration = Duration::from_secs(60);

/// A connection that is kept open between requests.
pub(crate) struct Connection {
    socket: TcpStream,
    port: u16,
}

/// What was answered.
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) cookie: Option<String>,
    pub(crate) body: String,
}

impl Connection {
    pub(crate) async fn to(port: u16) -> Self {
        let socket = TcpStream::connect(("127.0.0.1", port)).await.unwrap();
        socket.set_nodelay(true).unwrap();
        Self { socket, port }
    }

    pub(crate) async fn post(&mut self, path: &str, cookie: &str, body: &str) -> Answer {
        let Self { port, .. } = self;
        let length = body.len();
        let request = format!(
            "POST {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nOrigin: http://127.0.0.1:{port}\r\nAccept: application/json\r\n\
             Cookie: {cookie}\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: {length}\r\n\r\n{body}"
        );
        self.socket.write_all(request.as_bytes()).await.unwrap();
        self.answer().await
    }

    async fn answer(&mut self) -> Answer {
        let mut bytes = Vec::new();
        let mut part = [0; 4096];
        loop {
            let head = bytes.windows(4).position(|window| window == b"\r\n\r\n");
            if let Some(head) = head {
                let text = String::from_utf8_lossy(&bytes[..head]).into_owned();
                let line = |name: &str| {
                    text.lines().find_map(|l| l.strip_prefix(name).map(|value| value.trim().to_owned()))
                };
                let length: usize = line("content-length:").map_or(0, |value| value.parse().unwrap());
                if bytes.len() >= head + 4 + length {
                    let status = text.split_whitespace().nth(1).unwrap().parse().unwrap();
                    let cookie = line("set-cookie:").and_then(|c| c.split(';').next().map(str::to_owned));
                    let body = String::from_utf8_lossy(&bytes[head + 4..head + 4 + length]).into_owned();
                    return Answer { status, cookie, body };
                }
            }
            let read = self.socket.read(&mut part).await.unwrap();
            assert!(read > 0, "the host hung up: {}", String::from_utf8_lossy(&bytes));
            bytes.extend_from_slice(&part[..read]);
        }
    }
}

/// What all pages have shown, and when.
struct Seen {
    /// When each inject came to somebody.
    beats: Vec<Vec<Instant>>,
    /// How many pages show each question.
    asked: Vec<usize>,
    /// How many streams have had something since they were opened.
    whole: usize,
    /// Injects before this one are not looked at.
    forget: usize,
}

impl Seen {
    fn new() -> Self {
        let questions = script::LONG + script::QUESTIONS;
        Self { beats: vec![Vec::new(); BEATS], asked: vec![0; questions], whole: 0, forget: 0 }
    }
}

/// The receipt of each decision, number and head, by person and question.
type Receipts = RefCell<HashMap<(usize, usize), (String, String)>>;

/// Everybody.
pub(crate) struct Crowd {
    cookies: Rc<Vec<String>>,
    seen: Rc<RefCell<Seen>>,
    receipts: Rc<Receipts>,
    following: LocalSet,
}

impl Crowd {
    /// Everybody comes in, many at a time and all from one address.
    pub(crate) async fn join(host: &Host, people: usize, figures: &mut Figures) -> Self {
        let cookies = Rc::new(RefCell::new(vec![String::new(); people]));
        let done = Rc::new(RefCell::new(Vec::new()));
        let local = LocalSet::new();
        let begun = Instant::now();
        for hand in 0..HANDS.min(people) {
            let (cookies, done) = (Rc::clone(&cookies), Rc::clone(&done));
            let (port, code) = (host.port, host.code.clone());
            local.spawn_local(async move {
                let mut connection = Connection::to(port).await;
                for n in (hand..people).step_by(HANDS) {
                    let answer = connection
                        .post("/join", "", &format!("code={code}&name=Person+{n}&factor=100"))
                        .await;
                    assert!(answer.status == 303, "nobody came in: {} {}", answer.status, answer.body);
                    cookies.borrow_mut()[n] = answer.cookie.unwrap();
                    done.borrow_mut().push(begun.elapsed().as_secs_f64());
                }
            });
        }
        local.await;
        let done = done.borrow();
        let some = done.len().min(500);
        figures.add(Row::plain(&format!("{some} joins from one address"), "s", done[some - 1], Some(5.0)));
        figures.add(Row::plain(&format!("{} joins", done.len()), "s", *done.last().unwrap(), None));
        Self {
            cookies: Rc::new(cookies.take()),
            seen: Rc::new(RefCell::new(Seen::new())),
            receipts: Rc::default(),
            following: LocalSet::new(),
        }
    }

    /// Everybody opens their page, and keeps it open.
    pub(crate) async fn follow(&self, host: &Host) {
        for n in 0..self.cookies.len() {
            let (cookies, seen, port) = (Rc::clone(&self.cookies), Rc::clone(&self.seen), host.port);
            self.following.spawn_local(async move { follow(port, &cookies[n], &seen).await });
        }
        self.wait("a page for everybody", |seen| seen.whole >= self.cookies.len()).await;
    }

    /// Lets pages come in until `enough`.
    async fn wait(&self, what: &str, enough: impl Fn(&Seen) -> bool) {
        let end = Instant::now() + PATIENCE;
        while !enough(&self.seen.borrow()) {
            assert!(Instant::now() < end, "waited in vain for {what}");
            self.following.run_until(tokio::time::sleep(Duration::from_millis(1))).await;
        }
    }

    /// What comes from now on is looked at by itself.
    pub(crate) fn forget_beats(&self) {
        let mut seen = self.seen.borrow_mut();
        seen.forget = seen.beats.iter().rposition(|all| !all.is_empty()).map_or(0, |last| last + 1);
    }

    /// Injects, each to everybody, while nothing else goes on.
    pub(crate) async fn beats(&self, rounds: usize) -> Beats {
        self.wait("the injects", |seen| seen.beats[rounds - 1].len() >= self.cookies.len()).await;
        let seen = self.seen.borrow();
        let due = due(&seen.beats[..rounds]);
        let after = |all: &[Instant], at: Instant| all.iter().map(|i| ms(*i - at)).fold(0.0, f64::max);
        let first = |all: &[Instant], at: Instant| ms(*all.iter().min().unwrap() - at);
        let rows = || seen.beats[..rounds].iter().zip(&due);
        Beats {
            last: rows().map(|(all, at)| after(all, *at)).collect(),
            first: rows().map(|(all, at)| first(all, *at)).collect(),
        }
    }

    /// How late the first of everybody saw each inject since the last call of [`Self::forget_beats`].
    pub(crate) fn lateness(&self) -> Vec<f64> {
        let seen = self.seen.borrow();
        let due = due(&seen.beats);
        let came = seen.beats.iter().zip(&due).skip(seen.forget).filter(|(all, _)| !all.is_empty());
        came.map(|(all, at)| ms(*all.iter().min().unwrap() - *at)).collect()
    }

    /// Everybody has the questions of a wave before them.
    pub(crate) async fn all_asked(&self, wave: usize) {
        let people = self.cookies.len();
        self.wait("the questions", |seen| questions(wave).all(|q| seen.asked[q] >= people)).await;
    }

    /// Everybody decides at the same moment; milliseconds until the last has it in writing.
    pub(crate) async fn decide_at_once(&self, host: &Host, wave: usize) -> f64 {
        let question = questions(wave).start;
        let mut connections = Vec::new();
        for _ in 0..self.cookies.len() {
            connections.push(Connection::to(host.port).await);
        }
        let begun = Instant::now();
        for (n, connection) in connections.into_iter().enumerate() {
            let (cookies, receipts) = (Rc::clone(&self.cookies), Rc::clone(&self.receipts));
            self.following.spawn_local(async move {
                decide(connection, &cookies, (n, question), &receipts).await;
            });
        }
        let enough = || {
            let receipts = self.receipts.borrow();
            (0..self.cookies.len()).all(|n| receipts.contains_key(&(n, question)))
        };
        while !enough() {
            assert!(begun.elapsed() < PATIENCE, "waited in vain for decisions");
            self.following.run_until(tokio::time::sleep(Duration::from_millis(1))).await;
        }
        ms(begun.elapsed())
    }

    /// Many connections decide one thing after the other; decisions in a second.
    pub(crate) async fn decide_for_long(&self, host: &Host) -> f64 {
        let people = self.cookies.len();
        let all: Vec<(usize, usize)> =
            questions(script::LONG).flat_map(|question| (0..people).map(move |n| (n, question))).collect();
        let (many, begun) = (all.len(), Instant::now());
        self.decide_all(host, all).await;
        many as f64 / begun.elapsed().as_secs_f64()
    }

    /// Decisions, by person and question, from many connections, each one thing after the other.
    async fn decide_all(&self, host: &Host, all: Vec<(usize, usize)>) {
        let all = Rc::new(all);
        let mut hands = Vec::new();
        for hand in 0..HANDS {
            let (all, cookies) = (Rc::clone(&all), Rc::clone(&self.cookies));
            let (receipts, port) = (Rc::clone(&self.receipts), host.port);
            hands.push(self.following.spawn_local(async move {
                let mut connection = Connection::to(port).await;
                for decision in all.iter().skip(hand).step_by(HANDS) {
                    connection = decide(connection, &cookies, *decision, &receipts).await;
                }
            }));
        }
        self.finish(hands).await;
    }

    /// Lets everything go on until these are done.
    async fn finish(&self, hands: Vec<JoinHandle<()>>) {
        self.following
            .run_until(async {
                for hand in hands {
                    hand.await.unwrap();
                }
            })
            .await;
    }

    /// Strangers try to come into a room that is full; seconds that it took.
    pub(crate) async fn flood(&self, host: &Host, many: usize) -> f64 {
        let begun = Instant::now();
        let mut hands = Vec::new();
        for hand in 0..HANDS {
            let (port, code) = (host.port, host.code.clone());
            hands.push(self.following.spawn_local(async move {
                let mut connection = Connection::to(port).await;
                for n in (hand..many).step_by(HANDS) {
                    let answer = connection.post("/join", "", &format!("code={code}&name=Flood+{n}")).await;
                    assert!(answer.status == 409, "{} {}", answer.status, answer.body);
                }
            }));
        }
        self.finish(hands).await;
        let took = begun.elapsed().as_secs_f64();
        // Long enough for some injects to be due after it, too.
        self.following.run_until(tokio::time::sleep(Duration::from_secs(2))).await;
        took
    }

    /// The host is killed and taken up again; seconds until everybody has the right page before them.
    pub(crate) async fn survive(&self, host: &mut Host) -> f64 {
        self.seen.borrow_mut().whole = 0;
        let begun = Instant::now();
        host.kill_and_take_up();
        self.wait("everybody to be back", |seen| seen.whole >= self.cookies.len()).await;
        begun.elapsed().as_secs_f64()
    }

    /// Every decision is sent once more; how many, and how many of them have not the receipt that they had.
    pub(crate) async fn ask_again(&self, host: &Host) -> (usize, usize) {
        let before = self.receipts.replace(HashMap::new());
        let mut all: Vec<(usize, usize)> = before.keys().copied().collect();
        all.sort_unstable();
        self.decide_all(host, all).await;
        let after = self.receipts.borrow();
        let wrong = before.iter().filter(|(decision, receipt)| after.get(decision) != Some(receipt)).count();
        let mut numbers: Vec<&String> = before.values().map(|(n, _)| n).collect();
        numbers.sort();
        numbers.dedup();
        (before.len(), wrong + before.len() - numbers.len())
    }
}

/// When injects reached people, in milliseconds after they were due.
pub(crate) struct Beats {
    pub(crate) first: Vec<f64>,
    pub(crate) last: Vec<f64>,
}

/// When each inject was due. They are one second apart, and none comes before its time: so the one that came
/// first for its place says when all of them were.
fn due(beats: &[Vec<Instant>]) -> Vec<Instant> {
    let second = |n: usize| Duration::from_secs(n as u64);
    let startex = beats.iter().enumerate().filter_map(|(n, all)| Some(*all.iter().min()? - second(n))).min();
    startex.map_or_else(Vec::new, |startex| (0..beats.len()).map(|n| startex + second(n)).collect())
}

fn ms(duration: Duration) -> f64 {
    duration.as_secs_f64() * 1_000.0
}

/// One decision, under a key that is its own for ever.
async fn decide(
    mut connection: Connection,
    cookies: &[String],
    (n, question): (usize, usize),
    receipts: &Receipts,
) -> Connection {
    let (path, choice) = (format!("/drill/answer/{question}"), n % 3);
    let answer =
        connection.post(&path, &cookies[n], &format!("choice={choice}&key={n:016x}{question:016x}")).await;
    assert!(answer.status == 200, "{} {}", answer.status, answer.body);
    let field = |name: &str| {
        let (_, rest) = answer.body.split_once(&format!("\"{name}\":")).unwrap();
        rest.split([',', '}']).next().unwrap().to_owned()
    };
    receipts.borrow_mut().insert((n, question), (field("n"), field("head")));
    connection
}

/// One page: its stream is read for ever, and opened again where it breaks.
async fn follow(port: u16, cookie: &str, seen: &RefCell<Seen>) {
    let mut page = Page { has: 0, ended: String::new() };
    loop {
        if let Ok(mut socket) = TcpStream::connect(("127.0.0.1", port)).await {
            let mut request =
                format!("GET /drill/feed?after={} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n", page.has);
            let _ = write!(request, "Cookie: {cookie}\r\nAccept: text/event-stream\r\n\r\n");
            if socket.write_all(request.as_bytes()).await.is_ok() {
                page.read(&mut socket, seen).await;
            }
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
}

/// How a question reads.
fn asks(n: usize) -> String {
    format!("Question {n}?")
}

struct Page {
    /// The number up to which it has everything.
    has: u64,
    /// The end of what was read last: a word may be cut in two.
    ended: String,
}

impl Page {
    async fn read(&mut self, socket: &mut TcpStream, seen: &RefCell<Seen>) {
        let (mut known, mut asked, mut whole) = (0, 0, false);
        let (mut next_beat, mut next_question) = (beat(0), asks(0));
        let mut part = [0; 4096];
        self.ended.clear();
        while let Ok(read @ 1..) = socket.read(&mut part).await {
            let now = Instant::now();
            let text = format!("{}{}", self.ended, String::from_utf8_lossy(&part[..read]));
            let mut seen = seen.borrow_mut();
            if let Some(n) =
                text.rsplit("\nid: ").next().and_then(|rest| rest.split_once('\n')?.0.parse().ok())
            {
                self.has = n;
                // A page that was killed in mid-event is whole only when the next has its number.
                if !std::mem::replace(&mut whole, true) {
                    seen.whole += 1;
                }
            }
            while known < BEATS && text.contains(&next_beat) {
                seen.beats[known].push(now);
                known += 1;
                next_beat = beat(known);
            }
            while asked < script::LONG + script::QUESTIONS && text.contains(&next_question) {
                seen.asked[asked] += 1;
                asked += 1;
                next_question = asks(asked);
            }
            let keep = text.len().saturating_sub(24);
            self.ended =
                text[(keep..text.len()).find(|at| text.is_char_boundary(*at)).unwrap_or(0)..].to_owned();
        }
    }
}
