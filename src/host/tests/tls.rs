//! A room behind a certificate: a real client, a real handshake, and certificates that are not fit.

use rcgen::{CertificateParams, CertifiedKey, KeyPair, date_time_ymd};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::TlsConnector;
use tokio_rustls::rustls::crypto::ring::default_provider;
use tokio_rustls::rustls::pki_types::{CertificateDer, ServerName};
use tokio_rustls::rustls::{ClientConfig, RootCertStore};

use super::shipped;
use crate::host::{Certificate, CertificateError, Hosting, open};
use crate::journal::Store;
use crate::room::{Entry, RoomFact, Way};
use crate::scenario::SimTime;
use crate::speech::Language;

/// A day in 2026, in seconds since 1970.
const NOW: i64 = 1_790_000_000;

/// A certificate for a name and a number, good from one year until another.
fn made(from: i32, until: i32) -> CertifiedKey<KeyPair> {
    let mut params =
        CertificateParams::new(["drill.example".to_owned(), "127.0.0.1".to_owned()]).expect("names");
    (params.not_before, params.not_after) = (date_time_ymd(from, 1, 1), date_time_ymd(until, 1, 1));
    let signing_key = KeyPair::generate().expect("a key");
    let cert = params.self_signed(&signing_key).expect("a certificate");
    CertifiedKey { cert, signing_key }
}

fn read(made: &CertifiedKey<KeyPair>) -> Result<Certificate, CertificateError> {
    Certificate::read(made.cert.pem().as_bytes(), made.signing_key.serialize_pem().as_bytes(), NOW)
}

#[test]
fn a_certificate_says_for_what_and_until_when_it_is() {
    let certificate = read(&made(2026, 2030)).expect("a certificate");
    assert_eq!(certificate.names(), ["drill.example"]);
    assert_eq!(certificate.until(), 1_893_456_000);
    for (host, is_for) in
        [("drill.example", true), ("127.0.0.1", true), ("evil.example", false), ("10.0.0.1", false)]
    {
        assert_eq!(certificate.is_for(host), is_for, "{host}");
    }
    assert!(!format!("{certificate:?}").contains("PRIVATE"));
}

#[test]
fn a_certificate_that_browsers_would_not_take_is_refused_in_words() {
    let (one, other) = (made(2026, 2030), made(2026, 2030));
    let (chain, key) = (one.cert.pem(), one.signing_key.serialize_pem());
    let why = |chain: &str, key: &str| {
        Certificate::read(chain.as_bytes(), key.as_bytes(), NOW).expect_err("it is not fit")
    };
    assert_eq!(read(&made(2020, 2021)).expect_err("old"), CertificateError::Expired(1_609_459_200));
    assert_eq!(read(&made(2040, 2041)).expect_err("early"), CertificateError::NotYet(2_208_988_800));
    assert_eq!(why(&chain, &other.signing_key.serialize_pem()), CertificateError::OtherKey);
    assert_eq!(why(&key, &key), CertificateError::NoCertificate);
    assert_eq!(why("", &key), CertificateError::NoCertificate);
    assert_eq!(why(&chain, &chain), CertificateError::NoKey);
    let locked = key.replace("PRIVATE KEY", "ENCRYPTED PRIVATE KEY");
    assert_eq!(why(&chain, &locked), CertificateError::LockedKey);
    let broken = chain.replacen('M', "A", 3);
    assert!(matches!(why(&broken, &key), CertificateError::Unfit(_)));
    for error in [CertificateError::NoKey, CertificateError::OtherKey, CertificateError::Expired(0)] {
        assert!(error.to_string().len() > 20, "{error}");
    }
}

/// A room on a socket; its address and the trainer's secret.
async fn served(certificate: Option<Certificate>) -> (std::net::SocketAddr, String, tempfile::TempDir) {
    let folder = tempfile::tempdir().expect("a folder");
    let scenario = shipped("first-light");
    let terms = super::terms(Way::SideBySide, 0);
    let store = Store::open(folder.path()).expect("a data folder");
    let journal = store.begin_room(scenario, &terms, 1_000, None).expect("a room");
    let opened = Entry { wall: 1_000, at: SimTime::ZERO, what: RoomFact::Opened(terms) };
    let receipts = [journal.last()];
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a socket");
    let at = listener.local_addr().expect("its address");
    let scheme = if certificate.is_some() { "https" } else { "http" };
    let hosting = Hosting {
        names: vec!["drill.example".into()],
        language: Language::English,
        address: format!("{scheme}://drill.example:{}", at.port()),
        certificate,
        rehearse: 0,
        wall: || 2_000,
    };
    let room = open(scenario, journal, &[opened], &receipts, hosting).expect("it opens");
    let link = room.trainer_link();
    assert!(
        link.starts_with(&format!("{scheme}://")) && room.join_link().starts_with(&format!("{scheme}://"))
    );
    let secret = link.split_once('#').expect("a secret").1.to_owned();
    tokio::spawn(room.serve(listener, std::future::pending()));
    (at, secret, folder)
}

async fn asked(
    mut stream: impl tokio::io::AsyncRead + tokio::io::AsyncWrite + Unpin,
    request: &str,
) -> String {
    stream.write_all(request.as_bytes()).await.expect("it is sent");
    let mut answer = Vec::new();
    // Whoever is cut off without a goodbye has what came before.
    let _ = stream.read_to_end(&mut answer).await;
    String::from_utf8_lossy(&answer).into_owned()
}

fn enter(port: u16, scheme: &str, secret: &str) -> String {
    let body = format!("secret={secret}");
    format!(
        "POST /trainer HTTP/1.1\r\nHost: drill.example:{port}\r\nOrigin: {scheme}://drill.example:{port}\r\n\
         Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}",
        body.len()
    )
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_browser_that_trusts_the_certificate_is_spoken_to_in_secret() {
    let made = made(2026, 2090);
    let (at, secret, _folder) = served(Some(read(&made).expect("a certificate"))).await;
    let mut roots = RootCertStore::empty();
    roots.add(CertificateDer::from(made.cert.der().to_vec())).expect("an anchor");
    let config = ClientConfig::builder_with_provider(std::sync::Arc::new(default_provider()))
        .with_safe_default_protocol_versions()
        .expect("versions")
        .with_root_certificates(roots)
        .with_no_client_auth();
    let connector = TlsConnector::from(std::sync::Arc::new(config));
    let name = |name: &'static str| ServerName::try_from(name).expect("a name");
    let socket = || TcpStream::connect(at);
    let stream =
        connector.connect(name("drill.example"), socket().await.expect("a socket")).await.expect("trust");
    let answer = asked(stream, &enter(at.port(), "https", &secret)).await;
    assert!(answer.starts_with("HTTP/1.1 303"), "{answer}");
    assert!(answer.contains("; Secure") && answer.contains("HttpOnly"), "{answer}");
    assert!(!answer.to_lowercase().contains("strict-transport-security"), "a laptop's name is used again");
    let stranger = connector.connect(name("evil.example"), socket().await.expect("a socket")).await;
    assert!(stranger.is_err(), "the certificate is not for that name");
    let plain =
        asked(socket().await.expect("a socket"), "GET /j/ABCD2345 HTTP/1.1\r\nHost: drill.example\r\n\r\n")
            .await;
    assert!(plain.starts_with("HTTP/1.1 307"), "{plain}");
    assert!(plain.contains(&format!("Location: https://drill.example:{}/\r\n", at.port())), "{plain}");
    assert!(!plain.contains("ABCD2345") && !plain.contains("form"), "and nothing else is told");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn without_a_certificate_it_is_plain_http_and_cookies_are_for_that() {
    let (at, secret, _folder) = served(None).await;
    let socket = TcpStream::connect(at).await.expect("a socket");
    let answer = asked(socket, &enter(at.port(), "http", &secret)).await;
    assert!(answer.starts_with("HTTP/1.1 303") && !answer.contains("Secure"), "{answer}");
}
