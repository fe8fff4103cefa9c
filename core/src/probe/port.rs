//! Whether a connection to a port comes about. Nothing is sent.

use std::io::ErrorKind;
use std::time::{Duration, Instant};

use tokio::net::TcpStream;

/// Why it does not.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PortFault {
    /// Somebody says no: nothing listens there, or a firewall answers.
    #[error("The connection is refused")]
    Refused,
    /// Nobody answers: so do most firewalls.
    #[error("No answer in time")]
    Timeout,
    /// Anything else: no such name, no network.
    #[error("Failed to connect: {detail}")]
    Other {
        /// The system's words.
        detail: String,
    },
}

/// How long a connection takes, by name or address.
pub async fn port(host: &str, port: u16, within: Duration) -> Result<Duration, PortFault> {
    let host = host.trim_start_matches('[').trim_end_matches(']');
    let begun = Instant::now();
    match tokio::time::timeout(within, TcpStream::connect((host, port))).await {
        Err(_) => Err(PortFault::Timeout),
        Ok(Ok(_)) => Ok(begun.elapsed()),
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
        let fault = port("no name at all", 443, WITHIN).await.unwrap_err();
        assert!(matches!(fault, PortFault::Other { .. }), "{fault:?}");
    }
}
