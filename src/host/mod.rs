//! The table is many browsers: a room on this machine, for the people in it.
//!
//! Start at [`open`], which opens a room or takes one up again, and [`Open::serve`],
//! which runs it on a socket from [`listen`]. `desk/` decides, `scribe.rs` makes durable, `frame.rs` is what a
//! page shows, `routes/` is HTTP, `guard.rs` and `door.rs` say who may ask. Nothing
//! here is known to the rest of the program but through this façade.

mod asked;
mod data;
mod desk;
mod door;
mod files;
mod frame;
mod guard;
mod listen;
mod open;
mod pages;
mod qr;
mod rehearse;
mod routes;
mod scribe;
mod serve;
mod streams;
mod tls;

#[cfg(test)]
mod tests;

pub use files::fewer_than;
pub use listen::{Listening, listen};
pub use open::{Hosting, Open, open};
pub use qr::terminal as qr_terminal;
pub use tls::{Certificate, CertificateError};
