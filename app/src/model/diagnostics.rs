//! «Диагностика»: what is found on this PC, as it comes, and the report for support.
//!
//! Deliberately not here: looking at anything, and any words.

use std::path::PathBuf;

use super::toasts::Done;
use super::{Command, Model, Tab};
use crate::diagnose::{Line, Slot, State};

/// What a person does there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DiagnosticsAction {
    /// Look no further.
    Stop,
    /// Choose where the report for support is to be written to.
    ChooseReport,
    /// Write it there.
    SaveReport(PathBuf),
    /// What did not work is understood.
    Understood,
}

/// Work about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DiagnosticsCommand {
    /// Look at everything. Answers: [`DiagnosticsEvent::Outline`], [`DiagnosticsEvent::Found`] …,
    /// [`DiagnosticsEvent::Ended`].
    Look {
        /// Tells the answers apart from those to an earlier request.
        turn: u64,
    },
    /// Look no further. What is not known by then is answered as unknown.
    Stop,
    /// Let the person choose where the report for support is to be written to. The window's part, not the worker's.
    /// Answer: [`DiagnosticsAction::SaveReport`], or none.
    ChooseReport,
    /// Write the report for support. Answer: [`DiagnosticsEvent::Saved`].
    SaveReport {
        /// On this host.
        path: PathBuf,
        /// What was found; nothing where nobody has looked, so that it is looked for first.
        lines: Vec<Line>,
    },
}

/// An answer about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DiagnosticsEvent {
    /// What is going to be told, in its order.
    Outline {
        /// Of the request.
        turn: u64,
        /// Places for all findings.
        slots: Vec<Slot>,
    },
    /// A finding.
    Found {
        /// Of the request.
        turn: u64,
        /// In any order.
        line: Line,
    },
    /// That was all.
    Ended {
        /// Of the request.
        turn: u64,
        /// It broke.
        broke: bool,
    },
    /// The report was written, or not.
    Saved {
        /// Where.
        path: PathBuf,
        /// An error is a sentence.
        result: Result<(), String>,
    },
}

/// How far the looking is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Looking {
    /// Nobody has looked yet.
    #[default]
    Not,
    /// It is under way.
    Running,
    /// It was stopped, and ends at once.
    Stopping,
    /// All is told; `was_stopped`: not all of it was looked at.
    Done {
        /// By the person.
        was_stopped: bool,
    },
    /// It broke off.
    Broke,
}

/// A finding, or the place for one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// What it is about.
    pub slot: Slot,
    /// `None` while that is being found out.
    pub line: Option<Line>,
}

/// What the tab shows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DiagnosticsPage {
    /// How far it is.
    pub looking: Looking,
    /// In their order; those of the same group stand together.
    pub rows: Vec<Row>,
    /// The report is being written.
    pub is_saving: bool,
    /// Why it was not; a sentence.
    pub fault: Option<String>,
    turn: u64,
}

impl DiagnosticsPage {
    /// What was found so far, in its order.
    pub fn lines(&self) -> impl Iterator<Item = &Line> {
        self.rows.iter().filter_map(|row| row.line.as_ref())
    }

    /// How many findings somebody should look at; none as long as not all are known.
    pub fn attention(&self) -> usize {
        let is_open = |line: &&Line| line.state == State::Attention;
        if matches!(self.looking, Looking::Done { .. }) { self.lines().filter(is_open).count() } else { 0 }
    }

    /// Whether something is being looked at.
    pub fn is_running(&self) -> bool {
        matches!(self.looking, Looking::Running | Looking::Stopping)
    }
}

impl Model {
    /// Opens the tab and looks, unless that is under way.
    pub(super) fn diagnose(&mut self) -> Vec<Command> {
        self.tab = Tab::Diagnostics;
        self.look_at_pc()
    }

    /// Whoever opens the tab for the first time sees it filled.
    pub(super) fn follow_diagnostics(&mut self, before: Tab) -> Vec<Command> {
        let is_opened = self.tab == Tab::Diagnostics && before != Tab::Diagnostics;
        if is_opened && self.diagnostics.looking == Looking::Not { self.look_at_pc() } else { Vec::new() }
    }

    fn look_at_pc(&mut self) -> Vec<Command> {
        let page = &mut self.diagnostics;
        if page.is_running() {
            return Vec::new();
        }
        page.turn += 1;
        page.looking = Looking::Running;
        page.fault = None;
        // The former rows stay until the new ones are known: the page does not jump.
        for row in &mut page.rows {
            row.line = None;
        }
        vec![Command::Diagnostics(DiagnosticsCommand::Look { turn: page.turn })]
    }

    pub(super) fn change_diagnostics(&mut self, action: DiagnosticsAction) -> Vec<Command> {
        let page = &mut self.diagnostics;
        match action {
            DiagnosticsAction::Stop if page.looking == Looking::Running => {
                page.looking = Looking::Stopping;
                vec![Command::Diagnostics(DiagnosticsCommand::Stop)]
            }
            DiagnosticsAction::ChooseReport if !page.is_saving => {
                vec![Command::Diagnostics(DiagnosticsCommand::ChooseReport)]
            }
            DiagnosticsAction::SaveReport(path) if !page.is_saving => {
                page.is_saving = true;
                page.fault = None;
                let lines = if page.is_running() { Vec::new() } else { page.lines().cloned().collect() };
                vec![Command::Diagnostics(DiagnosticsCommand::SaveReport { path, lines })]
            }
            DiagnosticsAction::Understood => {
                page.fault = None;
                Vec::new()
            }
            DiagnosticsAction::Stop | DiagnosticsAction::ChooseReport | DiagnosticsAction::SaveReport(_) => {
                Vec::new()
            }
        }
    }

    pub(super) fn hear_of_diagnostics(&mut self, event: DiagnosticsEvent) -> Vec<Command> {
        let page = &mut self.diagnostics;
        match event {
            DiagnosticsEvent::Outline { turn, slots } if turn == page.turn => {
                page.rows = slots.into_iter().map(|slot| Row { slot, line: None }).collect();
            }
            DiagnosticsEvent::Found { turn, line } if turn == page.turn => {
                if let Some(row) = page.rows.iter_mut().find(|row| row.slot.id == line.id) {
                    row.line = Some(line);
                }
            }
            DiagnosticsEvent::Ended { turn, broke } if turn == page.turn => {
                let was_stopped = page.looking == Looking::Stopping;
                page.looking = if broke { Looking::Broke } else { Looking::Done { was_stopped } };
                if broke {
                    page.rows.retain(|row| row.line.is_some());
                }
            }
            DiagnosticsEvent::Saved { path, result } => {
                page.is_saving = false;
                match result {
                    Ok(()) => self.say(Done::Written { path }, None),
                    Err(why) => page.fault = Some(why),
                }
            }
            // Of an earlier request.
            DiagnosticsEvent::Outline { .. }
            | DiagnosticsEvent::Found { .. }
            | DiagnosticsEvent::Ended { .. } => {}
        }
        Vec::new()
    }
}
