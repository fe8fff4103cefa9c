//! Whether something answers at a port of this very PC.

use std::net::{Ipv4Addr, SocketAddr, TcpStream};
use std::time::Duration;

/// A server on this PC answers within a millisecond. Windows tries a closed port again for two seconds.
const ANSWER: Duration = Duration::from_millis(300);

/// Whether something answers at this port of this very PC. Says nothing to whoever does.
pub fn answers_on_loopback(port: u16) -> bool {
    let address = SocketAddr::from((Ipv4Addr::LOCALHOST, port));
    TcpStream::connect_timeout(&address, ANSWER).is_ok()
}

#[cfg(test)]
mod tests {
    use std::net::TcpListener;

    use super::*;

    #[test]
    fn a_port_answers_while_somebody_listens() {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let port = listener.local_addr().unwrap().port();
        assert!(answers_on_loopback(port));
        drop(listener);
        assert!(!answers_on_loopback(port));
    }
}
