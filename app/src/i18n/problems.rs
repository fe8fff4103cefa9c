//! Words for a report's problems: where, and what is wrong there.

use smarts_core::catalogue::{self, Fault};
use smarts_core::check::Problem;

use super::Texts;

impl Texts {
    /// The path of a problem, and what is wrong.
    pub fn problem(&self, problem: &Problem) -> (String, String) {
        match problem {
            Problem::Machine(problem) => (problem.path.clone(), self.machine_fault(&problem.fault)),
            Problem::Source(catalogue::Problem { path, fault: Fault::Source(fault), .. })
                if problem.is_warning() =>
            {
                (path.clone(), self.source_fault(fault))
            }
            Problem::Source(problem) => (problem.path.clone(), self.catalogue_fault(&problem.fault)),
        }
    }
}
