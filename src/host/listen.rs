//! The socket, the runtime, and how both end.

use std::io;
use std::net::{IpAddr, Ipv4Addr, SocketAddr, TcpListener, UdpSocket};

use super::open::Open;

/// A socket that takes connections.
#[derive(Debug)]
pub struct Listening {
    socket: TcpListener,
    at: SocketAddr,
    /// What other machines reach this one by, if they can.
    reached: Option<IpAddr>,
}

/// Takes connections on `port`: from this machine only, or from every one on its network.
///
/// # Errors
/// If the port cannot be taken.
pub fn listen(lan: bool, port: u16) -> io::Result<Listening> {
    let from = if lan { IpAddr::V4(Ipv4Addr::UNSPECIFIED) } else { IpAddr::V4(Ipv4Addr::LOCALHOST) };
    let socket = TcpListener::bind((from, port))?;
    socket.set_nonblocking(true)?;
    let at = socket.local_addr()?;
    let reached = if lan { own_number().or(Some(IpAddr::V4(Ipv4Addr::LOCALHOST))) } else { None };
    Ok(Listening { socket, at, reached })
}

/// The number by which this machine is known on its network. A socket that is bound towards a
/// documentation address (RFC 5737) says it; nothing is sent.
fn own_number() -> Option<IpAddr> {
    let socket = UdpSocket::bind((Ipv4Addr::UNSPECIFIED, 0)).ok()?;
    socket.connect((Ipv4Addr::new(192, 0, 2, 1), 9)).ok()?;
    let number = socket.local_addr().ok()?.ip();
    (!number.is_unspecified()).then_some(number)
}

impl Listening {
    /// Where people come in, as they type it: over `https` if it is `sealed`, and under a name if it has one.
    #[must_use]
    pub fn address(&self, name: Option<&str>, sealed: bool) -> String {
        let (scheme, usual) = if sealed { ("https", 443) } else { ("http", 80) };
        let (host, port) = (name.map_or_else(|| self.number(), str::to_owned), self.at.port());
        let host = if host.contains(':') { format!("[{host}]") } else { host };
        if port == usual { format!("{scheme}://{host}") } else { format!("{scheme}://{host}:{port}") }
    }

    /// The port that was taken.
    #[must_use]
    pub const fn port(&self) -> u16 {
        self.at.port()
    }

    /// The number by which it is reached.
    #[must_use]
    pub fn number(&self) -> String {
        self.reached.unwrap_or(self.at.ip()).to_string()
    }

    /// Whether only this machine can reach it.
    #[must_use]
    pub const fn is_local(&self) -> bool {
        self.reached.is_none()
    }
}

impl Open {
    /// Runs the room until Ctrl-C, or until the system asks the program to end.
    ///
    /// # Errors
    /// If the room's journal takes nothing any more, or the system gives no threads.
    pub fn run(self, listening: Listening) -> Result<(), String> {
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .enable_all()
            .build()
            .map_err(|error| error.to_string())?;
        runtime.block_on(async {
            let socket =
                tokio::net::TcpListener::from_std(listening.socket).map_err(|error| error.to_string())?;
            self.serve(socket, told_to_end()).await
        })
    }
}

async fn told_to_end() {
    let interrupted = tokio::signal::ctrl_c();
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        let Ok(mut terminated) = signal(SignalKind::terminate()) else {
            let _ = interrupted.await;
            return;
        };
        tokio::select! {
            _ = interrupted => {}
            _ = terminated.recv() => {}
        }
    }
    #[cfg(not(unix))]
    let _ = interrupted.await;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_as_short_as_people_can_type_it() {
        let at = |ip: &str, port, name: Option<&str>, sealed| {
            let socket = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a port");
            let at = SocketAddr::new(ip.parse().expect("a number"), port);
            Listening { socket, at, reached: None }.address(name, sealed)
        };
        assert_eq!(at("192.0.2.7", 8_750, None, false), "http://192.0.2.7:8750");
        assert_eq!(at("192.0.2.7", 443, Some("drill.example"), true), "https://drill.example");
        assert_eq!(at("192.0.2.7", 80, Some("drill.example"), true), "https://drill.example:80");
        assert_eq!(at("2001:db8::1", 8_750, None, true), "https://[2001:db8::1]:8750");
    }
}
