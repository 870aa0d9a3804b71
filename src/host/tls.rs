//! One's own certificate: checked before anybody is told a link, and shown to every browser.
//!
//! Files are for the command line to read. Who comes by `http` to a room that has a
//! certificate is sent on to `https`, and told nothing else.

use std::fmt;
use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::crypto::ring::default_provider;
use tokio_rustls::rustls::pki_types::pem::PemObject;
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer, ServerName, UnixTime};
use tokio_rustls::rustls::{self, ServerConfig};
use tokio_rustls::server::TlsStream;
use tr::tr;
use webpki::{EndEntityCert, KeyUsage};

/// How long a browser may take over its greeting.
const GREETING: Duration = Duration::from_secs(10);

/// What every TLS connection begins with: a record of a handshake.
const HANDSHAKE: u8 = 0x16;

/// A certificate with its key, ready to be shown.
#[derive(Clone)]
pub struct Certificate {
    config: Arc<ServerConfig>,
    chain: Arc<[CertificateDer<'static>]>,
    until: i64,
}

impl fmt::Debug for Certificate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Certificate").field("names", &self.names()).finish_non_exhaustive()
    }
}

/// Why a certificate cannot be shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CertificateError {
    /// There is no certificate in the file that should hold it.
    NoCertificate,
    /// There is no key in the file that should hold it.
    NoKey,
    /// The key is locked with a password.
    LockedKey,
    /// The key is that of another certificate.
    OtherKey,
    /// It was good until then, in seconds since 1970.
    Expired(i64),
    /// It is good only from then on, in seconds since 1970.
    NotYet(i64),
    /// Something else, in the words of the library that reads it.
    Unfit(String),
}

impl CertificateError {
    /// Whether the file with the key is at fault, and not the one with the certificate.
    #[must_use]
    pub const fn is_of_key(&self) -> bool {
        matches!(self, Self::NoKey | Self::LockedKey | Self::OtherKey)
    }
}

impl fmt::Display for CertificateError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let day = |at: &i64| {
            let stamp = crate::scenario::utc_stamp(*at);
            crate::scenario::said_date(&stamp)
        };
        f.write_str(&match self {
            Self::NoCertificate => tr!("no certificate in PEM form is in it"),
            Self::NoKey => tr!("no private key in PEM form is in it"),
            Self::LockedKey => tr!("the private key in it is locked with a password"),
            Self::OtherKey => tr!("the private key in it is not the one of the certificate"),
            Self::Expired(until) => tr!("the certificate expired on {} (UTC)", day(until)),
            Self::NotYet(from) => tr!("the certificate is not good before {} (UTC)", day(from)),
            Self::Unfit(why) => tr!("the certificate or its key is not fit for a server ({why})", why),
        })
    }
}

impl std::error::Error for CertificateError {}

impl Certificate {
    /// A certificate, with the chain that leads to it if there is one, and its key: both in PEM. `now` is in seconds
    /// since 1970.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn read(certificate: &[u8], key: &[u8], now: i64) -> Result<Self, CertificateError> {
        let unfit = |error: &dyn fmt::Display| CertificateError::Unfit(error.to_string());
        let chain: Vec<CertificateDer<'static>> =
            CertificateDer::pem_slice_iter(certificate).collect::<Result<_, _>>().map_err(|e| unfit(&e))?;
        let first = chain.first().ok_or(CertificateError::NoCertificate)?;
        let key = private_key(key)?;
        let (from, until) = span(first)?;
        if now < from {
            return Err(CertificateError::NotYet(from));
        }
        if now > until {
            return Err(CertificateError::Expired(until));
        }
        let mut config = ServerConfig::builder_with_provider(Arc::new(default_provider()))
            .with_safe_default_protocol_versions()
            .map_err(|e| unfit(&e))?
            .with_no_client_auth()
            .with_single_cert(chain.clone(), key)
            .map_err(|error| {
                let other = matches!(error, rustls::Error::InconsistentKeys(_));
                if other { CertificateError::OtherKey } else { unfit(&error) }
            })?;
        config.alpn_protocols = vec![b"http/1.1".to_vec()];
        Ok(Self { config: Arc::new(config), chain: chain.into(), until })
    }

    /// Until when it is good, in seconds since 1970.
    #[must_use]
    pub const fn until(&self) -> i64 {
        self.until
    }

    /// The names that it is for, but for those with a star.
    #[must_use]
    pub fn names(&self) -> Vec<String> {
        let Ok(first) = EndEntityCert::try_from(&self.chain[0]) else { return Vec::new() };
        first.valid_dns_names().filter(|name| !name.contains('*')).map(str::to_owned).collect()
    }

    /// Whether a browser that goes to this name, or this number, will take it for that.
    #[must_use]
    pub fn is_for(&self, host: &str) -> bool {
        let Ok(first) = EndEntityCert::try_from(&self.chain[0]) else { return false };
        ServerName::try_from(host).is_ok_and(|name| first.verify_is_valid_for_subject_name(&name).is_ok())
    }
}

fn private_key(pem: &[u8]) -> Result<PrivateKeyDer<'static>, CertificateError> {
    PrivateKeyDer::from_pem_slice(pem).map_err(|error| {
        let text = String::from_utf8_lossy(pem);
        if text.contains("BEGIN ENCRYPTED PRIVATE KEY") || text.contains("Proc-Type: 4,ENCRYPTED") {
            CertificateError::LockedKey
        } else if matches!(error, rustls::pki_types::pem::Error::NoItemsFound) {
            CertificateError::NoKey
        } else {
            CertificateError::Unfit(error.to_string())
        }
    })
}

/// From when until when a certificate is good. The library says so only of a moment outside of that time.
fn span(certificate: &CertificateDer<'_>) -> Result<(i64, i64), CertificateError> {
    let unfit = |error: &dyn fmt::Display| CertificateError::Unfit(error.to_string());
    let first = EndEntityCert::try_from(certificate).map_err(|e| unfit(&e))?;
    let at = |seconds: u64| {
        let time = UnixTime::since_unix_epoch(Duration::from_secs(seconds));
        first.verify_for_usage(&[], &[], &[], time, KeyUsage::server_auth(), None, None).err()
    };
    let seconds = |time: UnixTime| i64::try_from(time.as_secs()).unwrap_or(i64::MAX);
    let from = match at(0) {
        Some(webpki::Error::CertNotValidYet { not_before, .. }) => seconds(not_before),
        Some(_) | None => 0,
    };
    match at(u64::from(u32::MAX) << 12) {
        Some(webpki::Error::CertExpired { not_after, .. }) => Ok((from, seconds(not_after))),
        Some(other) => Err(unfit(&other)),
        None => Ok((from, i64::MAX)),
    }
}

/// What a browser is spoken to by.
pub(super) enum Wire {
    Open(TcpStream),
    Sealed(Box<TlsStream<TcpStream>>),
}

/// Greets a browser; none if it went away, or was sent on.
pub(super) async fn greet(stream: TcpStream, with: Option<&Certificate>, address: &str) -> Option<Wire> {
    let Some(certificate) = with else { return Some(Wire::Open(stream)) };
    let greeted = tokio::time::timeout(GREETING, async {
        let mut first = [0];
        if stream.peek(&mut first).await.ok()? == 0 {
            return None;
        }
        if first[0] != HANDSHAKE {
            send_on(&stream, address).await;
            return None;
        }
        TlsAcceptor::from(Arc::clone(&certificate.config)).accept(stream).await.ok()
    });
    greeted.await.ok().flatten().map(|stream| Wire::Sealed(Box::new(stream)))
}

/// Sends somebody who came by `http` to where the room is. What they asked for is read, and forgotten.
async fn send_on(stream: &TcpStream, address: &str) {
    let answer = format!(
        "HTTP/1.1 307 Temporary Redirect\r\nLocation: {address}/\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
    );
    let mut asked = [0; 4_096];
    if stream.readable().await.is_ok()
        && stream.try_read(&mut asked).is_ok()
        && stream.writable().await.is_ok()
    {
        // Whoever does not take the answer finds the room by the address that was printed.
        let _ = stream.try_write(answer.as_bytes());
    }
}

impl AsyncRead for Wire {
    fn poll_read(self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        match self.get_mut() {
            Self::Open(stream) => Pin::new(stream).poll_read(cx, buf),
            Self::Sealed(stream) => Pin::new(stream).poll_read(cx, buf),
        }
    }
}

impl AsyncWrite for Wire {
    fn poll_write(self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &[u8]) -> Poll<io::Result<usize>> {
        match self.get_mut() {
            Self::Open(stream) => Pin::new(stream).poll_write(cx, buf),
            Self::Sealed(stream) => Pin::new(stream).poll_write(cx, buf),
        }
    }

    fn poll_write_vectored(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bufs: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        match self.get_mut() {
            Self::Open(stream) => Pin::new(stream).poll_write_vectored(cx, bufs),
            Self::Sealed(stream) => Pin::new(stream).poll_write_vectored(cx, bufs),
        }
    }

    fn is_write_vectored(&self) -> bool {
        match self {
            Self::Open(stream) => stream.is_write_vectored(),
            Self::Sealed(stream) => stream.is_write_vectored(),
        }
    }

    fn poll_flush(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        match self.get_mut() {
            Self::Open(stream) => Pin::new(stream).poll_flush(cx),
            Self::Sealed(stream) => Pin::new(stream).poll_flush(cx),
        }
    }

    fn poll_shutdown(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        match self.get_mut() {
            Self::Open(stream) => Pin::new(stream).poll_shutdown(cx),
            Self::Sealed(stream) => Pin::new(stream).poll_shutdown(cx),
        }
    }
}
