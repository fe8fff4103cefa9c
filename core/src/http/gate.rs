//! Sending a login to a proxy at most once if it is wrong.
//!
//! A login that is not known to be good is tried by one request alone, while all others wait; once a proxy
//! has taken it, they go on side by side. When no request is left, the next one begins alone again: a
//! password may have been changed since, and a check asks for forty files at once. A login that was refused
//! is not sent again by this process, nor by others that share the files of [`Refusals`]. One that was sent
//! and got no answer in time may have been refused: it rests for a while, which ends the tries of whoever has
//! sent it.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::sync;
use tokio::task::spawn_blocking;
use tokio::time::Instant;

use super::login::Login;
use super::refused::{Refusals, Turn};
use crate::source::ProxyLogin;

/// Longer than tries of one download are apart, and short for a person who tries again.
const REST: Duration = Duration::from_mins(1);

/// What is known about the login in force.
pub(super) struct Gate {
    state: Mutex<State>,
    /// How long a login rests that got no answer.
    rest: Duration,
    /// Held by the request that tries.
    trying: sync::Mutex<()>,
}

#[derive(Default)]
struct State {
    /// Requests that wait or are under way.
    present: usize,
    accepted: Option<Login>,
    refused: Vec<Login>,
    /// The login that got no answer, and when it was sent.
    unanswered: Option<(Login, Instant)>,
}

impl Default for Gate {
    fn default() -> Self {
        Self { state: Mutex::default(), rest: REST, trying: sync::Mutex::default() }
    }
}

/// How a request through a proxy went.
pub(super) enum Passage<T> {
    /// The proxy let it through, whatever came of it behind the proxy.
    Through(T),
    /// The proxy wants a login, or another one.
    Refused,
    /// The proxy said nothing about the login, and nothing hints at its having got it: no connection.
    Untold(T),
    /// The proxy may have got the login, and did not answer.
    Unanswered(T),
}

impl Gate {
    /// Sends a request with a login; `refusals`: where refused logins are remembered between processes. The
    /// error says whether the login was sent.
    pub(super) async fn pass<T>(
        &self,
        login: &Login,
        refusals: Option<&Refusals>,
        send: impl Future<Output = Passage<T>>,
    ) -> Result<T, ProxyLogin> {
        let present = self.enter();
        if present.is_accepted(login) {
            return present.judge(login, send.await);
        }
        let trying = self.trying.lock().await;
        if present.is_refused(login) {
            return Err(ProxyLogin::RefusedBefore);
        }
        if present.is_resting(login) {
            return Err(ProxyLogin::Unanswered);
        }
        if present.is_accepted(login) {
            drop(trying);
            return present.judge(login, send.await);
        }
        let turn = match refusals {
            Some(refusals) => turn(refusals, login).await,
            None => None,
        };
        if turn.as_ref().is_some_and(Turn::was_refused) {
            present.note_refused(login);
            return Err(ProxyLogin::RefusedBefore);
        }
        // Whoever gives up waiting drops this very future, and then only this guard says so.
        let unanswered = Unanswered { gate: self, login };
        let passage = send.await;
        if !matches!(passage, Passage::Unanswered(_)) {
            std::mem::forget(unanswered);
        }
        if let Some(mut turn) = turn {
            let login = login.clone();
            let noted = match &passage {
                Passage::Refused => spawn_blocking(move || turn.remember(&login)).await,
                Passage::Through(_) => spawn_blocking(move || turn.forget()).await,
                Passage::Untold(_) | Passage::Unanswered(_) => Ok(Ok(())),
            };
            if let Ok(Err(error)) = noted {
                tracing::warn!("Failed to remember what the proxy did with a login: {error}");
            }
        }
        present.judge(login, passage)
    }

    fn enter(&self) -> Present<'_> {
        self.state().present += 1;
        Present(self)
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A request that waits or is under way; also one that is given up goes with this.
struct Present<'a>(&'a Gate);

impl Present<'_> {
    fn is_accepted(&self, login: &Login) -> bool {
        self.0.state().accepted.as_ref() == Some(login)
    }

    fn is_refused(&self, login: &Login) -> bool {
        self.0.state().refused.contains(login)
    }

    fn is_resting(&self, login: &Login) -> bool {
        let state = self.0.state();
        let unanswered = state.unanswered.as_ref().filter(|(unanswered, _)| unanswered == login);
        unanswered.is_some_and(|(_, sent)| sent.elapsed() < self.0.rest)
    }

    fn note_refused(&self, login: &Login) {
        let mut state = self.0.state();
        state.accepted = None;
        if !state.refused.contains(login) {
            state.refused.push(login.clone());
        }
    }

    fn judge<T>(&self, login: &Login, passage: Passage<T>) -> Result<T, ProxyLogin> {
        match passage {
            Passage::Through(answer) => {
                let mut state = self.0.state();
                // A request that went out before another one was refused says nothing about now.
                if !state.refused.contains(login) {
                    state.accepted = Some(login.clone());
                }
                Ok(answer)
            }
            Passage::Untold(answer) | Passage::Unanswered(answer) => Ok(answer),
            Passage::Refused => {
                self.note_refused(login);
                Err(ProxyLogin::Refused)
            }
        }
    }
}

impl Drop for Present<'_> {
    fn drop(&mut self) {
        let mut state = self.0.state();
        state.present -= 1;
        if state.present == 0 {
            state.accepted = None;
        }
    }
}

/// A login on its way to a proxy that may leave it without an answer.
struct Unanswered<'a> {
    gate: &'a Gate,
    login: &'a Login,
}

impl Drop for Unanswered<'_> {
    fn drop(&mut self) {
        self.gate.state().unanswered = Some((self.login.clone(), Instant::now()));
    }
}

/// `None`: the folder cannot be used, and the login is tried all the same.
async fn turn(refusals: &Refusals, login: &Login) -> Option<Turn> {
    let (refusals, login) = (refusals.clone(), login.clone());
    match spawn_blocking(move || refusals.turn(&login)).await.ok()? {
        Ok(turn) => Some(turn),
        Err(error) => {
            tracing::warn!("Failed to look whether the proxy has refused a login: {error}");
            None
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use futures_util::future::join_all;

    use super::super::login::Password;
    use super::super::proxy::ProxyAddress;
    use super::*;

    fn login(password: &str) -> Login {
        let proxy = ProxyAddress::parse("http://proxy.shop:3128").unwrap();
        Login { proxy, user: "ivan".into(), password: Password(password.into()), stamp: String::new() }
    }

    /// A proxy that takes the password "right", and counts.
    #[derive(Default)]
    struct Counter {
        sent: AtomicUsize,
    }

    impl Counter {
        async fn send(&self, login: &Login) -> Passage<()> {
            self.sent.fetch_add(1, Ordering::Relaxed);
            tokio::task::yield_now().await;
            if login.password.0 == "right" { Passage::Through(()) } else { Passage::Refused }
        }
    }

    #[tokio::test]
    async fn of_many_requests_at_once_one_alone_tries_a_login() {
        let (gate, counter, wrong) = (Gate::default(), Counter::default(), login("wrong"));
        let all = join_all((0..40).map(|_| gate.pass(&wrong, None, counter.send(&wrong)))).await;
        assert_eq!(counter.sent.load(Ordering::Relaxed), 1);
        assert_eq!(all.iter().filter(|one| **one == Err(ProxyLogin::Refused)).count(), 1);
        assert_eq!(all.iter().filter(|one| **one == Err(ProxyLogin::RefusedBefore)).count(), 39);
        assert_eq!(gate.pass(&wrong, None, counter.send(&wrong)).await, Err(ProxyLogin::RefusedBefore));
        let right = login("right");
        let all = join_all((0..40).map(|_| gate.pass(&right, None, counter.send(&right)))).await;
        assert!(all.iter().all(Result::is_ok));
        assert_eq!(counter.sent.load(Ordering::Relaxed), 41);
    }

    #[tokio::test]
    async fn once_all_requests_are_gone_the_next_one_is_alone_again() {
        let (gate, right) = (Gate::default(), login("right"));
        gate.pass(&right, None, async { Passage::Through(()) }).await.unwrap();
        let sent = AtomicUsize::new(0);
        let refuse = || async {
            sent.fetch_add(1, Ordering::Relaxed);
            tokio::task::yield_now().await;
            Passage::<()>::Refused
        };
        join_all((0..40).map(|_| gate.pass(&right, None, refuse()))).await;
        assert_eq!(sent.load(Ordering::Relaxed), 1, "the password was changed meanwhile");
    }

    #[tokio::test]
    async fn a_request_without_a_connection_leaves_the_way_to_the_next() {
        let (gate, right) = (Gate::default(), login("right"));
        assert_eq!(gate.pass(&right, None, async { Passage::Untold(()) }).await, Ok(()));
        assert_eq!(gate.pass(&right, None, async { Passage::Through(()) }).await, Ok(()));
    }

    #[tokio::test]
    async fn a_login_without_an_answer_rests_for_a_while_whoever_has_given_up_waiting() {
        for rest in [REST, Duration::ZERO] {
            let (gate, other) = (Gate { rest, ..Gate::default() }, login("right"));
            let first = login("slow");
            let mut given_up = Box::pin(gate.pass(&first, None, std::future::pending::<Passage<()>>()));
            assert!(futures_util::poll!(given_up.as_mut()).is_pending());
            drop(given_up);
            let second = login("silent");
            let expected = if rest == REST { Err(ProxyLogin::Unanswered) } else { Ok(()) };
            assert_eq!(gate.pass(&first, None, async { Passage::Untold(()) }).await, expected);
            assert_eq!(gate.pass(&second, None, async { Passage::Unanswered(()) }).await, Ok(()));
            assert_eq!(gate.pass(&second, None, async { Passage::Untold(()) }).await, expected);
            assert_eq!(gate.pass(&other, None, async { Passage::Through(()) }).await, Ok(()));
        }
    }

    #[tokio::test]
    async fn of_many_requests_that_wait_for_a_slow_proxy_one_has_sent_the_login() {
        let (gate, right, sent) = (Gate::default(), login("right"), AtomicUsize::new(0));
        let silent = || async {
            sent.fetch_add(1, Ordering::Relaxed);
            tokio::task::yield_now().await;
            Passage::Unanswered(())
        };
        join_all((0..40).map(|_| gate.pass(&right, None, silent()))).await;
        assert_eq!(sent.load(Ordering::Relaxed), 1);
    }

    #[tokio::test]
    async fn two_processes_try_a_wrong_login_once_together() {
        let dir = tempfile::tempdir().unwrap();
        let refusals = Refusals::new(dir.path());
        let (first, second, counter, wrong) =
            (Gate::default(), Gate::default(), Counter::default(), login("wrong"));
        let both = tokio::join!(
            first.pass(&wrong, Some(&refusals), counter.send(&wrong)),
            second.pass(&wrong, Some(&refusals), counter.send(&wrong)),
        );
        assert_eq!(counter.sent.load(Ordering::Relaxed), 1, "{both:?}");
        let later = Gate::default();
        let answer = later.pass(&wrong, Some(&refusals), counter.send(&wrong)).await;
        assert_eq!(answer, Err(ProxyLogin::RefusedBefore));
    }

    #[tokio::test]
    async fn once_a_proxy_takes_a_login_nothing_is_remembered_any_more() {
        let dir = tempfile::tempdir().unwrap();
        let refusals = Refusals::new(dir.path());
        let counter = Counter::default();
        let bytes = || -> u64 {
            let files = std::fs::read_dir(dir.path()).unwrap();
            files.map(|file| file.unwrap().metadata().unwrap().len()).sum()
        };
        let wrong = login("wrong");
        Gate::default().pass(&wrong, Some(&refusals), counter.send(&wrong)).await.unwrap_err();
        assert!(bytes() > 0);
        let right = login("right");
        Gate::default().pass(&right, Some(&refusals), counter.send(&right)).await.unwrap();
        assert_eq!(bytes(), 0);
    }

    #[tokio::test]
    async fn a_folder_that_cannot_be_written_stops_nothing() {
        let dir = tempfile::tempdir().unwrap();
        std::fs::write(dir.path().join("file"), "in the way").unwrap();
        let refusals = Refusals::new(&dir.path().join("file"));
        let (gate, right) = (Gate::default(), login("right"));
        let answer = gate.pass(&right, Some(&refusals), async { Passage::Through(()) }).await;
        assert_eq!(answer, Ok(()));
    }
}
