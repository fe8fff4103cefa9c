//! Whether a connection to a port comes about. Nothing is sent.

use std::io::{self, ErrorKind};
use std::net::SocketAddr;
use std::time::{Duration, Instant};

use futures_util::StreamExt as _;
use futures_util::stream::FuturesUnordered;
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
    /// Nobody said in time which addresses the name has.
    #[error("No answer about the name in time")]
    NameTimeout,
    /// Anything else: no network, no way.
    #[error("Failed to connect: {detail}")]
    Other {
        /// The system's words.
        detail: String,
    },
}

/// How long a connection takes once the name is known; to whichever of its addresses takes it first: programs try
/// others, too, when one is dead.
pub async fn port(host: &str, port: u16, within: Duration) -> Result<Duration, PortFault> {
    let begun = Instant::now();
    let addresses = match addresses(host, within).await {
        Ok(addresses) => addresses,
        Err(NameFault::NotFound { .. }) => return Err(PortFault::NoName),
        Err(NameFault::Timeout) => return Err(PortFault::NameTimeout),
    };
    first(
        addresses.into_iter().map(|address| SocketAddr::new(address, port)),
        within.saturating_sub(begun.elapsed()),
    )
    .await
}

/// All at once; of faults the first, and none before the last has failed.
async fn first(addresses: impl Iterator<Item = SocketAddr>, within: Duration) -> Result<Duration, PortFault> {
    let begun = Instant::now();
    let mut tries: FuturesUnordered<_> = addresses.map(TcpStream::connect).collect();
    let any = async {
        let mut fault = None;
        while let Some(tried) = tries.next().await {
            match tried {
                Ok(_) => return Ok(begun.elapsed()),
                Err(error) => fault = fault.or(Some(of(&error))),
            }
        }
        Err(fault.unwrap_or(PortFault::NoName))
    };
    tokio::time::timeout(within, any).await.unwrap_or(Err(PortFault::Timeout))
}

fn of(error: &io::Error) -> PortFault {
    match error.kind() {
        ErrorKind::ConnectionRefused => PortFault::Refused,
        ErrorKind::TimedOut => PortFault::Timeout,
        _ => PortFault::Other { detail: error.to_string() },
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

    #[tokio::test]
    async fn one_address_that_takes_it_is_enough_whatever_becomes_of_the_others() {
        let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
        let open = listener.local_addr().unwrap();
        let gone = TcpListener::bind(("127.0.0.1", 0)).unwrap().local_addr().unwrap();
        // Of documentation: nobody answers there, or the system knows no way.
        let silent = "192.0.2.1:9".parse().unwrap();
        assert!(first([silent, gone, open].into_iter(), WITHIN).await.unwrap() < WITHIN);
        assert_eq!(first([gone].into_iter(), WITHIN).await, Err(PortFault::Refused));
    }
}
