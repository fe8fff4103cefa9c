//! What the stub does at everything that can happen: a pure state, without a clock, a child or a desktop.

use std::ffi::OsString;
use std::time::{Duration, Instant};

use super::notice::{Act, Entry, Icon, Message, Notice};
use crate::instance::Call;

/// No icon waits longer, whatever it is told.
const LONGEST_SECS: u64 = 7 * 24 * 60 * 60;

/// Something happened.
#[derive(Debug)]
#[cfg_attr(windows, allow(dead_code, reason = "there the system itself keeps the messages and their clicks"))]
pub(super) enum Event {
    /// `smarts` has ended.
    Said(Said),
    /// What of a notice is to be seen.
    Shown(Shown),
    /// The icon was chosen.
    Icon,
    /// A line of this menu was chosen.
    Chosen {
        /// Which menu: an older one may still be open.
        menu: u32,
        /// Which line.
        line: usize,
    },
    /// The message was chosen.
    Message,
    /// The message is no longer there.
    MessageGone,
    /// Nothing that is shown can be seen or chosen any more, and nothing can be shown: the session has ended.
    DesktopGone,
    /// Another program of ours wants something.
    Called(Call),
    /// The icon's time is over.
    TimeUp,
}

/// How `smarts` ended.
#[derive(Debug)]
pub(super) enum Said {
    /// This is to be shown.
    Show(Notice),
    /// Nothing is, now.
    Nothing,
    /// Nothing is open at all.
    Over,
    /// It failed, and the log says how.
    Failed,
}

/// What of a notice is to be seen and needs this program.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Shown {
    /// The icon.
    pub icon: bool,
    /// A message, a click on which comes to this program. One that the system opens the window for by itself
    /// is none.
    pub message: bool,
}

/// Something to do.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Step {
    /// Ask `smarts`, with these arguments and our own options.
    Ask(Vec<OsString>),
    /// Show the icon, or change it.
    Icon {
        /// As told.
        icon: Icon,
        /// As told.
        menu: Vec<Entry>,
        /// For [`Event::Chosen`].
        number: u32,
    },
    /// Show a message in place of the one before.
    Message {
        /// As told.
        message: Message,
        /// What opening the window is called.
        open: Option<String>,
    },
    /// Take the message back.
    Withdraw,
    /// Take the icon away.
    HideIcon,
    /// Say in [`Event::Shown`] what is there now.
    Look,
    /// Open the window, at this item.
    Open(Option<String>),
}

/// Where the stub stands.
#[derive(Debug, Default)]
pub(super) struct State {
    told: Option<Notice>,
    /// What the last message opens the window at.
    message_opens: Option<String>,
    menu: u32,
    shown: Shown,
    until: Option<Instant>,
    asking: Asking,
    /// What of the menu is being carried out.
    running: Option<Vec<String>>,
    /// What of it was chosen meanwhile; the last of it counts.
    pending: Option<Vec<String>>,
    leaving: bool,
    /// Whether all went well.
    ended: Option<bool>,
}

/// Whether `smarts` is at it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Asking {
    #[default]
    No,
    /// It is.
    Once,
    /// It is, and what it says may be out of date already.
    Stale,
    /// It is, for that reason; not a third time, as it may be its own check that we are told of.
    Again,
}

/// What becomes of the message when the stub leaves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Rest {
    /// It is taken back.
    Taken,
    /// It stays, if it can be of use without the stub.
    Left,
}

impl State {
    /// The first thing to do.
    pub(super) fn begin(&mut self) -> Vec<Step> {
        self.asking = Asking::Once;
        vec![ask(&[])]
    }

    /// When [`Event::TimeUp`] happens.
    pub(super) fn until(&self) -> Option<Instant> {
        self.until
    }

    /// Whether nothing that happens counts any more, but the answer to what is being asked.
    pub(super) fn is_leaving(&self) -> bool {
        self.leaving
    }

    /// Whether there is nothing left to wait for, and if so whether all went well.
    pub(super) fn ended(&self) -> Option<bool> {
        self.ended
    }

    pub(super) fn on(&mut self, event: Event, now: Instant) -> Vec<Step> {
        match event {
            Event::Said(said) => self.on_said(said, now),
            Event::Shown(shown) => self.on_shown(shown),
            // What is still on its way from what was taken away.
            _ if self.leaving => Vec::new(),
            Event::Icon => self.told.iter().map(|told| Step::Open(told.icon.open.clone())).collect(),
            Event::Message => vec![Step::Open(self.message_opens.clone())],
            // It was taken back in that moment.
            Event::MessageGone if self.told.is_none() => Vec::new(),
            Event::MessageGone => self.on_shown(Shown { message: false, ..self.shown }),
            Event::Chosen { menu, line } => self.on_chosen(menu, line),
            Event::Called(Call::Renew) => self.on_renew(),
            Event::Called(Call::Show(item)) => vec![Step::Open(item)],
            Event::Called(Call::Leave) => self.leave(Rest::Taken),
            // A message that opens the window by itself stays, for tomorrow.
            Event::TimeUp | Event::DesktopGone => self.leave(Rest::Left),
        }
    }

    fn on_said(&mut self, said: Said, now: Instant) -> Vec<Step> {
        let was = std::mem::take(&mut self.asking);
        self.running = None;
        let pending = self.pending.take();
        if self.leaving {
            // What a person has chosen is done, seen or not.
            let Some(arguments) = pending else { return self.end(true) };
            return vec![self.run(arguments)];
        }
        let mut steps = match said {
            Said::Show(notice) => self.show(notice, now),
            // Where it was not this program that said something, a message of an earlier day is still right.
            Said::Nothing if self.told.is_none() => return self.end(true),
            Said::Over if self.told.is_none() => {
                self.ended = Some(true);
                return vec![Step::Withdraw];
            }
            Said::Nothing | Said::Over if pending.is_some() => self.clear(),
            Said::Nothing | Said::Over => return self.leave(Rest::Taken),
            Said::Failed if self.told.is_none() => return self.end(false),
            // What is shown was right when it was said, and its click still works.
            Said::Failed => Vec::new(),
        };
        if let Some(arguments) = pending {
            // Its answer is newer than any change that we were told of.
            steps.push(self.run(arguments));
        } else if was == Asking::Stale {
            self.asking = Asking::Again;
            steps.push(ask(&["--waiting"]));
        }
        steps
    }

    fn show(&mut self, notice: Notice, now: Instant) -> Vec<Step> {
        let mut steps = Vec::new();
        self.menu = self.menu.wrapping_add(1);
        steps.push(Step::Icon { icon: notice.icon.clone(), menu: notice.menu.clone(), number: self.menu });
        let until = now.checked_add(Duration::from_secs(notice.wait_secs.min(LONGEST_SECS)));
        if let Some(message) = &notice.message {
            let open = notice.menu.iter().find(|entry| matches!(entry.act, Act::Open(_)));
            let open = open.map(|entry| entry.label.clone());
            steps.push(Step::Message { message: message.clone(), open });
            self.message_opens.clone_from(&message.open);
            self.until = until;
        } else {
            if self.told.as_ref().is_some_and(|told| told.icon != notice.icon) {
                steps.push(Step::Withdraw);
            }
            // Looking again is no reason to stay longer.
            self.until = self.until.into_iter().chain(until).min();
        }
        steps.push(Step::Look);
        self.told = Some(notice);
        steps
    }

    fn on_shown(&mut self, shown: Shown) -> Vec<Step> {
        self.shown = shown;
        // Nobody can choose anything of what nobody sees.
        if shown == Shown::default() && !self.leaving { self.leave(Rest::Left) } else { Vec::new() }
    }

    fn on_chosen(&mut self, menu: u32, line: usize) -> Vec<Step> {
        let mut told = self.told.iter().filter(|_| menu == self.menu);
        let Some(entry) = told.find_map(|told| told.menu.get(line)) else { return Vec::new() };
        match entry.act.clone() {
            Act::Open(item) => vec![Step::Open(item)],
            Act::Run(arguments) if self.asking == Asking::No => vec![self.run(arguments)],
            // Carried out when the first answer is there. A line chosen twice is carried out once.
            Act::Run(arguments) => {
                self.pending = Some(arguments).filter(|chosen| self.running.as_ref() != Some(chosen));
                Vec::new()
            }
            Act::Leave => self.leave_for_good(),
        }
    }

    /// Sent away by the person, the icon is not to come back at the next run.
    fn leave_for_good(&mut self) -> Vec<Step> {
        let seen = ["notice", "--json", "--seen"].map(str::to_owned).to_vec();
        let asked = if self.asking == Asking::No {
            Some(self.run(seen))
        } else {
            self.pending = Some(seen);
            None
        };
        self.leave(Rest::Taken).into_iter().chain(asked).collect()
    }

    fn run(&mut self, arguments: Vec<String>) -> Step {
        self.asking = Asking::Once;
        let step = Step::Ask(arguments.iter().map(OsString::from).collect());
        self.running = Some(arguments);
        step
    }

    fn on_renew(&mut self) -> Vec<Step> {
        match self.asking {
            Asking::No => {
                self.asking = Asking::Once;
                return vec![ask(&["--waiting"])];
            }
            Asking::Once => self.asking = Asking::Stale,
            Asking::Stale | Asking::Again => {}
        }
        Vec::new()
    }

    /// Nothing is to be seen until something more is said.
    fn clear(&mut self) -> Vec<Step> {
        self.told = None;
        self.shown = Shown::default();
        self.until = None;
        vec![Step::Withdraw, Step::HideIcon]
    }

    /// Nothing is to be seen any more; a child that is at it is waited for, so that its time stays limited.
    fn leave(&mut self, message: Rest) -> Vec<Step> {
        self.leaving = true;
        self.until = None;
        if self.asking == Asking::No {
            self.ended = Some(true);
        }
        match message {
            Rest::Taken => vec![Step::Withdraw, Step::HideIcon],
            Rest::Left => vec![Step::HideIcon],
        }
    }

    fn end(&mut self, went_well: bool) -> Vec<Step> {
        self.ended = Some(went_well);
        Vec::new()
    }
}

fn ask(flags: &[&str]) -> Step {
    Step::Ask(["notice", "--json"].iter().chain(flags).map(OsString::from).collect())
}

#[cfg(test)]
mod tests {
    use super::super::notice::Kind;
    use super::*;

    fn notice(message: bool, count: u32) -> Notice {
        let open = Some("main".to_owned());
        let message = message.then(|| Message {
            title: "title".into(),
            body: "body".into(),
            kind: Kind::Products,
            open: open.clone(),
        });
        let entry = |label: &str, act| Entry { label: label.into(), act };
        Notice {
            message,
            icon: Icon { kind: Kind::Products, count, tooltip: "tip".into(), open: None },
            menu: vec![
                entry("open", Act::Open(open)),
                entry("now", Act::Run(vec!["notice".into(), "--now".into()])),
                entry("leave", Act::Leave),
                entry("later", Act::Run(vec!["notice".into(), "--later".into()])),
            ],
            wait_secs: 60,
        }
    }

    const NOW: Event = Event::Chosen { menu: 1, line: 1 };
    const LATER: Event = Event::Chosen { menu: 1, line: 3 };

    fn run_of(flag: &str) -> Step {
        Step::Ask(vec!["notice".into(), flag.into()])
    }

    const BOTH: Shown = Shown { icon: true, message: true };

    struct Run {
        state: State,
        now: Instant,
    }

    impl Run {
        /// Asking for the first time.
        fn new() -> Self {
            let mut state = State::default();
            assert_eq!(state.begin(), [ask(&[])]);
            Self { state, now: Instant::now() }
        }

        /// With icon and message.
        fn showing() -> Self {
            let mut run = Self::new();
            run.on(Event::Said(Said::Show(notice(true, 1))));
            run.on(Event::Shown(BOTH));
            run
        }

        fn on(&mut self, event: Event) -> Vec<Step> {
            self.state.on(event, self.now)
        }

        fn renew(&mut self) -> Vec<Step> {
            self.on(Event::Called(Call::Renew))
        }

        fn secs_left(&self) -> Option<u64> {
            self.state.until().map(|until| until.duration_since(self.now).as_secs())
        }
    }

    #[test]
    fn nothing_to_say_is_the_end_and_so_is_a_failure_which_is_told() {
        for (said, went_well) in [(Said::Nothing, true), (Said::Failed, false)] {
            let mut run = Run::new();
            assert_eq!(run.on(Event::Said(said)), []);
            assert_eq!(run.state.ended(), Some(went_well));
        }
    }

    #[test]
    fn message_and_icon_are_shown_for_a_time() {
        let mut run = Run::new();
        let steps = run.on(Event::Said(Said::Show(notice(true, 1))));
        let [Step::Icon { number: 1, .. }, Step::Message { open, .. }, Step::Look] = &steps[..] else {
            panic!("{steps:?}")
        };
        assert_eq!(open.as_deref(), Some("open"));
        assert_eq!(
            (run.on(Event::Shown(BOTH)), run.state.ended(), run.secs_left()),
            (vec![], None, Some(60))
        );
        assert_eq!(run.on(Event::TimeUp), [Step::HideIcon]);
        assert_eq!(run.state.ended(), Some(true));
    }

    #[test]
    fn clicks_open_the_window_where_it_was_said() {
        let mut run = Run::showing();
        let at_main = || Step::Open(Some("main".into()));
        assert_eq!(run.on(Event::Icon), [Step::Open(None)]);
        assert_eq!(run.on(Event::Message), [at_main()]);
        assert_eq!(run.on(Event::Chosen { menu: 1, line: 0 }), [at_main()]);
        assert_eq!(run.on(Event::Called(Call::Show(Some("cash".into())))), [Step::Open(Some("cash".into()))]);
        assert_eq!(run.state.ended(), None);
    }

    #[test]
    fn a_line_of_the_menu_runs_smarts_once_at_a_time() {
        let mut run = Run::showing();
        assert_eq!(run.on(NOW), [run_of("--now")]);
        assert_eq!(run.on(NOW), []);
        assert_eq!(run.on(Event::Said(Said::Nothing)), [Step::Withdraw, Step::HideIcon]);
        assert_eq!(run.state.ended(), Some(true));
    }

    #[test]
    fn the_last_line_chosen_meanwhile_is_carried_out_when_the_answer_is_there() {
        let mut run = Run::showing();
        run.renew();
        assert_eq!((run.on(NOW), run.on(LATER)), (vec![], vec![]));
        // What is told of meanwhile is in the answer to what was chosen.
        assert_eq!(run.renew(), []);
        let steps = run.on(Event::Said(Said::Show(notice(false, 1))));
        assert!(matches!(&steps[..], [Step::Icon { .. }, Step::Look, Step::Ask(_)]), "{steps:?}");
        assert_eq!(steps.last(), Some(&run_of("--later")));
        assert_eq!(run.on(Event::Said(Said::Nothing)), [Step::Withdraw, Step::HideIcon]);
        assert_eq!(run.state.ended(), Some(true));
    }

    #[test]
    fn what_was_chosen_is_carried_out_whatever_the_first_answer_is() {
        let mut failed = Run::showing();
        failed.renew();
        failed.on(LATER);
        assert_eq!(failed.on(Event::Said(Said::Failed)), [run_of("--later")]);

        let mut nothing = Run::showing();
        nothing.renew();
        nothing.on(NOW);
        let steps = nothing.on(Event::Said(Said::Nothing));
        assert_eq!(steps, [Step::Withdraw, Step::HideIcon, run_of("--now")]);
        // Of what is gone nothing more can be chosen.
        assert_eq!(
            (nothing.on(Event::MessageGone), nothing.on(NOW), nothing.on(Event::Icon)),
            (vec![], vec![], vec![])
        );
        assert_eq!(nothing.state.ended(), None);
        nothing.on(Event::Said(Said::Show(notice(true, 1))));
        assert_eq!((nothing.on(Event::Shown(BOTH)), nothing.secs_left()), (vec![], Some(60)));

        let mut leaving = Run::showing();
        leaving.renew();
        leaving.on(LATER);
        leaving.on(Event::Called(Call::Leave));
        assert_eq!(leaving.on(Event::Said(Said::Nothing)), [run_of("--later")]);
        assert_eq!((leaving.on(Event::Said(Said::Nothing)), leaving.state.ended()), (vec![], Some(true)));
    }

    #[test]
    fn where_nothing_is_open_a_message_that_an_earlier_stub_has_left_is_taken_back() {
        let mut run = Run::new();
        assert_eq!(run.on(Event::Said(Said::Over)), [Step::Withdraw]);
        assert_eq!(run.state.ended(), Some(true));
        let mut run = Run::showing();
        run.renew();
        assert_eq!(run.on(Event::Said(Said::Over)), [Step::Withdraw, Step::HideIcon]);
    }

    #[test]
    fn lines_of_an_older_menu_or_of_none_do_nothing() {
        let mut run = Run::showing();
        run.renew();
        run.on(Event::Said(Said::Show(notice(false, 2))));
        assert_eq!(run.on(Event::Chosen { menu: 1, line: 2 }), []);
        assert_eq!(run.on(Event::Chosen { menu: 2, line: 9 }), []);
        let gone = [Step::Withdraw, Step::HideIcon, ask(&["--seen"])];
        assert_eq!(run.on(Event::Chosen { menu: 2, line: 2 }), gone);
        assert_eq!((run.on(Event::Said(Said::Nothing)), run.state.ended()), (vec![], Some(true)));
    }

    #[test]
    fn a_message_that_says_something_else_than_the_icon_is_taken_back() {
        let mut run = Run::showing();
        assert_eq!(run.renew(), [ask(&["--waiting"])]);
        let same = run.on(Event::Said(Said::Show(notice(false, 1))));
        assert!(matches!(same[..], [Step::Icon { .. }, Step::Look]), "{same:?}");
        run.renew();
        let other = run.on(Event::Said(Said::Show(notice(false, 2))));
        assert!(matches!(other[..], [Step::Icon { .. }, Step::Withdraw, Step::Look]), "{other:?}");
    }

    #[test]
    fn looking_again_does_not_lengthen_the_time_and_a_new_message_does() {
        let mut run = Run::showing();
        run.now += Duration::from_secs(20);
        run.renew();
        run.on(Event::Said(Said::Show(notice(false, 1))));
        assert_eq!(run.secs_left(), Some(40));
        run.renew();
        run.on(Event::Said(Said::Show(notice(true, 1))));
        assert_eq!(run.secs_left(), Some(60));
        run.renew();
        run.on(Event::Said(Said::Show(Notice { wait_secs: u64::MAX, ..notice(true, 1) })));
        assert_eq!(run.secs_left(), Some(LONGEST_SECS));
    }

    #[test]
    fn news_of_a_change_during_a_check_are_followed_once_and_not_for_ever() {
        let mut run = Run::showing();
        assert_eq!(run.renew(), [ask(&["--waiting"])]);
        assert_eq!((run.renew(), run.renew()), (vec![], vec![]));
        let steps = run.on(Event::Said(Said::Show(notice(false, 1))));
        assert_eq!(steps.last(), Some(&ask(&["--waiting"])));
        assert_eq!(run.renew(), []);
        let steps = run.on(Event::Said(Said::Show(notice(false, 1))));
        assert_eq!(steps.last(), Some(&Step::Look));
        assert_eq!(run.renew(), [ask(&["--waiting"])]);
    }

    #[test]
    fn a_later_failure_leaves_what_is_shown() {
        let mut run = Run::showing();
        run.renew();
        assert_eq!((run.on(Event::Said(Said::Failed)), run.state.ended()), (vec![], None));
        assert_eq!(run.on(Event::Icon), [Step::Open(None)]);
    }

    #[test]
    fn who_is_told_to_leave_waits_for_its_child_with_nothing_to_be_seen() {
        let mut run = Run::showing();
        run.renew();
        assert_eq!(run.on(Event::Called(Call::Leave)), [Step::Withdraw, Step::HideIcon]);
        assert_eq!((run.state.ended(), run.state.until(), run.state.is_leaving()), (None, None, true));
        assert_eq!((run.on(Event::Icon), run.renew()), (vec![], vec![]));
        assert_eq!(run.on(Event::Said(Said::Show(notice(true, 3)))), []);
        assert_eq!(run.state.ended(), Some(true));
    }

    #[test]
    fn where_the_desktop_is_gone_nothing_waits_but_for_a_child() {
        let mut run = Run::showing();
        assert_eq!(run.on(Event::DesktopGone), [Step::HideIcon]);
        assert_eq!(run.state.ended(), Some(true));

        let mut asking = Run::new();
        assert_eq!((asking.on(Event::DesktopGone), asking.state.ended()), (vec![Step::HideIcon], None));
        assert_eq!(asking.on(Event::Said(Said::Show(notice(true, 1)))), []);
        assert_eq!(asking.state.ended(), Some(true));
    }

    #[test]
    fn what_nobody_sees_is_not_waited_for() {
        let mut run = Run::new();
        run.on(Event::Said(Said::Show(notice(true, 1))));
        assert_eq!(run.on(Event::Shown(Shown::default())), [Step::HideIcon]);
        assert_eq!(run.state.ended(), Some(true));

        let mut alone = Run::new();
        alone.on(Event::Said(Said::Show(notice(true, 1))));
        assert_eq!(alone.on(Event::Shown(Shown { icon: false, message: true })), []);
        assert_eq!(alone.on(Event::MessageGone), [Step::HideIcon]);
        assert_eq!(alone.state.ended(), Some(true));

        let mut with_icon = Run::showing();
        assert_eq!((with_icon.on(Event::MessageGone), with_icon.state.ended()), (vec![], None));
    }
}
