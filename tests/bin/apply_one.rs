//! Updates every base of a machine root from one template, or brings what was cut off to its end: a process for tests
//! to kill.
//!
//! `apply_one ROOT TEMPLATE VERSION STOP`, or `apply_one ROOT finish STOP`. One line for each point that is reached. At
//! the point with the number STOP, counted from 1, the process ends as if it were killed: nothing of it runs any more.
//! The last line of one that was not is `done`, `failed CAUSES STATE`, or one `recovered END` for each base.

#![allow(clippy::print_stdout, reason = "that is what it is for")]

use std::cell::Cell;
use std::error::Error;
use std::path::Path;
use std::process::ExitCode;

use jiff::tz::TimeZone;
use smarts_core::apply::{self, Context, Finishing, Outcome};
use smarts_core::backup::Copies;
use smarts_core::catalogue::{Feed, FileLocation, Release, ReleaseFile};
use smarts_core::digest::Digest;
use smarts_core::download::Downloaded;
use smarts_core::machine;
use smarts_core::os::MachineRoot;
use smarts_core::paths::Paths;
use smarts_core::plan::{Package, Plan, PlanSubject, TemplatePlan};
use smarts_core::source::Trust;
use smarts_core::subscription::Subscriptions;
use smarts_core::switch::{Checkpoint, Finisher};
use smarts_core::verify::{self, Rules};
use tokio_util::sync::CancellationToken;

fn main() -> ExitCode {
    match run(&std::env::args().skip(1).collect::<Vec<_>>()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            println!("failed {error}");
            ExitCode::FAILURE
        }
    }
}

fn run(words: &[String]) -> Result<(), Box<dyn Error>> {
    let [root, what @ .., stop] = words else { return Err("words are missing".into()) };
    let stop: usize = stop.parse()?;
    let os = MachineRoot::open(Path::new(root))?;
    let paths = Paths::below(&os, &Path::new(root).join("person"));
    let reached = Cell::new(0);
    let checkpoint = |checkpoint: Checkpoint| {
        println!("{checkpoint:?}");
        reached.set(reached.get() + 1);
        if reached.get() == stop {
            std::process::abort();
        }
    };
    let clock = || jiff::Timestamp::UNIX_EPOCH;
    let finisher = Finisher { program: "smarts".into(), arguments: "finish".to_owned() };
    let context = Context {
        os: &os,
        paths: &paths,
        clock: &clock,
        zone: TimeZone::UTC,
        copies: &Copies::default(),
        subscriptions: Box::new(|| Subscriptions::nothing("PC")),
        witness: &|_| (),
        finisher: Some(&finisher),
        checkpoint: &checkpoint,
    };
    match what {
        [word] if word == "finish" => {
            let Context { os, paths, clock, witness, checkpoint, .. } = context;
            let finishing = Finishing { os, paths, clock, witness, checkpoint };
            for recovered in apply::finish(&finishing, &mut |_| ())? {
                println!("recovered {:?}", recovered.end);
            }
            Ok(())
        }
        [template, version] => update(&context, &os, Path::new(template), version),
        _ => Err("words are missing".into()),
    }
}

fn update(
    context: &Context<'_>,
    os: &MachineRoot,
    template: &Path,
    version: &str,
) -> Result<(), Box<dyn Error>> {
    let name = template.file_name().and_then(|name| name.to_str()).ok_or("the template has no name")?;
    let file = ReleaseFile {
        name: name.to_owned(),
        location: FileLocation::InSource(name.to_owned()),
        size: None,
        sha256: Some(Digest::of(&std::fs::read(template)?)),
        sha512: None,
        publisher: None,
    };
    let rules = Rules {
        source_trust: Trust::Https,
        accept_unproved: false,
        expected_publisher: None,
        resigned_by: None,
    };
    let verified = verify::verify(Downloaded::at_hand(template)?, &file, &rules, os)?;
    let release = Release {
        feed: Feed::named("product").ok_or("no feed")?,
        version: version.parse()?,
        date: None,
        notes: String::new(),
        file: Some(file),
        tags: Vec::new(),
        forced: false,
        distribution: 100,
        show_for_all: false,
        min_platform: None,
        from_versions: Vec::new(),
        client_version: None,
    };
    let packages = vec![Package { release, verified }];
    let subject = PlanSubject::Template(TemplatePlan { packages, bases: machine::read(os).bases });
    match apply::run(context, Plan { subject }, &mut |_| (), &CancellationToken::new()) {
        Outcome::Bases(outcome) => match outcome.failed {
            None => println!("done"),
            Some(failure) => return Err(format!("{} {:?}", chain(&failure.error), failure.state).into()),
        },
        Outcome::Failed { error, .. } => return Err(chain(&error).into()),
        other => return Err(format!("{other:?}").into()),
    }
    Ok(())
}

fn chain(error: &dyn Error) -> String {
    error.source().map_or_else(|| error.to_string(), |source| format!("{error}: {}", chain(source)))
}
