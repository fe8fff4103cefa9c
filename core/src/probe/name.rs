//! Which addresses a host's name has now.

use std::net::IpAddr;
use std::time::Duration;

use tokio::net::lookup_host;

/// Why no address of a name is known.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NameFault {
    /// Nobody knows it, or nobody could be asked.
    #[error("Failed to resolve the name: {detail}")]
    NotFound {
        /// The system's words.
        detail: String,
    },
    /// There was no answer in time.
    #[error("No answer about the name in time")]
    Timeout,
}

/// All addresses of a host, each once, in the system's order; at least one.
pub async fn addresses(host: &str, within: Duration) -> Result<Vec<IpAddr>, NameFault> {
    // An IPv6 address stands in brackets in an address of the web.
    let host = host.trim_start_matches('[').trim_end_matches(']');
    let looked_up = tokio::time::timeout(within, lookup_host((host, 0)));
    let found = match looked_up.await {
        Err(_) => return Err(NameFault::Timeout),
        Ok(Err(error)) => return Err(NameFault::NotFound { detail: error.to_string() }),
        Ok(Ok(found)) => found,
    };
    let mut addresses: Vec<IpAddr> = Vec::new();
    for address in found.map(|address| address.ip()) {
        if !addresses.contains(&address) {
            addresses.push(address);
        }
    }
    if addresses.is_empty() { Err(NameFault::NotFound { detail: String::new() }) } else { Ok(addresses) }
}

#[cfg(test)]
mod tests {
    use std::net::{Ipv4Addr, Ipv6Addr};

    use super::*;

    const WITHIN: Duration = Duration::from_secs(10);

    #[tokio::test]
    async fn this_pc_has_an_address_and_a_written_one_is_itself() {
        let local = addresses("localhost", WITHIN).await.unwrap();
        assert!(local.iter().all(IpAddr::is_loopback), "{local:?}");
        let written = addresses("127.0.0.9", WITHIN).await;
        assert_eq!(written, Ok(vec![IpAddr::V4(Ipv4Addr::new(127, 0, 0, 9))]));
        assert_eq!(addresses("[::1]", WITHIN).await, Ok(vec![IpAddr::V6(Ipv6Addr::LOCALHOST)]));
    }

    #[tokio::test]
    async fn what_is_no_name_has_no_address() {
        let fault = addresses("no name at all", WITHIN).await.unwrap_err();
        assert!(matches!(fault, NameFault::NotFound { .. }), "{fault:?}");
    }
}
