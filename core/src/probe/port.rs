//! Whether a connection to a port comes about. Nothing is sent.

use std::io::ErrorKind;
use std::net::SocketAddr;
use std::time::{Duration, Instant};

use tokio::net::TcpStream;

use super::{NameFault, addresses};

/// Why it does not.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PortFault {
    /// Somebody says no: nothing listens there, or a firewall answers.
    #[error("The connection is refused")]
    Refused,
    /// Nobody answers: so do most firewalls.
    #[error("No answer in time")]
    Timeout,
    /// The name has no address, so there is nothing to connect to.
    #[error("The name has no address")]
    NoName,
    /// Anything else: no network, no way.
    #[error("Failed to connect: {detail}")]
    Other {
        /// The system's words.
        detail: String,
    },
}

/// How long a connection takes once the name is known; to any of its addresses, in their order.
pub async fn port(host: &str, port: u16, within: Duration) -> Result<Duration, PortFault> {
    let begun = Instant::now();
    let addresses = match addresses(host, within).await {
        Ok(addresses) => addresses,
        Err(NameFault::NotFound { .. } | NameFault::Timeout) => return Err(PortFault::NoName),
    };
    let addresses: Vec<SocketAddr> =
        addresses.into_iter().map(|address| SocketAddr::new(address, port)).collect();
    let begun_to_connect = Instant::now();
    let left = within.saturating_sub(begun.elapsed());
    match tokio::time::timeout(left, TcpStream::connect(&addresses[..])).await {
        Err(_) => Err(PortFault::Timeout),
        Ok(Ok(_)) => Ok(begun_to_connect.elapsed()),
        Ok(Err(error)) => Err(match error.kind() {
            ErrorKind::ConnectionRefused => PortFault::Refused,
            ErrorKind::TimedOut => PortFault::Timeout,
            _ => PortFault::Other { detail: error.to_string() },
        }),
    }
}

#[cfg(test)]
mod tests {
    use std::net::TcpListener;

    use super::*;

    const WITHIN: Duration = Duration::from_secs(10);

    #[tokio::test]
    async fn a_port_is_open_while_somebody_listens_and_refuses_afterwards() {
        let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
        let number = listener.local_addr().unwrap().port();
        assert!(port("127.0.0.1", number, WITHIN).await.unwrap() < WITHIN);
        drop(listener);
        assert_eq!(port("127.0.0.1", number, WITHIN).await, Err(PortFault::Refused));
    }

    #[tokio::test]
    async fn a_name_that_is_none_is_told_apart_from_a_closed_port() {
        assert_eq!(port("no name at all", 443, WITHIN).await, Err(PortFault::NoName));
    }
}
