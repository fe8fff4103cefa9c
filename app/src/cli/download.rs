//! `smarts download`: fetch and prove the files of an update, and install nothing.

use smarts_core::offer::Item;

use super::interrupt::Interrupt;
use super::progress::Bar;
use super::{Failure, Status, Streams, args, json, target};
use crate::i18n::Texts;
use crate::session::{Fetched, Session};

/// Downloads all steps; prints where the files are and how far they are proved.
pub(super) fn run(
    session: &Session,
    interrupt: &Interrupt,
    options: &args::Download,
    texts: &Texts,
    streams: &mut Streams<'_>,
) -> Result<Status, Failure> {
    let machine = session.machine();
    let targets = target::resolve(&machine, std::slice::from_ref(&options.id), texts)?;
    let version = target::version(options.version.as_deref(), texts)?;
    let items = target::items(session, &machine, &targets, version.as_ref(), texts, streams)?;
    let Some(item) = items.first() else { return Ok(Status::Done) };
    let may_be_updated = target::may_be_updated(session, item, texts, streams)?;
    let Some(offer) = item.offer().filter(|_| may_be_updated) else { return Ok(Status::Done) };
    let bar = Bar::new(streams.is_terminal, texts, &session.clock);
    let show = |progress| bar.show(progress);
    let fetch = session.fetch(&machine, &offer.steps, options.to.as_deref(), false, &show, &interrupt.cancel);
    let fetched = session.runtime().block_on(fetch);
    drop(bar);
    let fetched = fetched.map_err(|error| target::not_fetched(&error, texts, &session.clock.now()))?;
    print(item, &fetched, options.json, texts, streams)
}

fn print(
    item: &Item,
    fetched: &[Fetched],
    as_json: bool,
    texts: &Texts,
    streams: &mut Streams<'_>,
) -> Result<Status, Failure> {
    if as_json {
        let files = fetched.iter().map(|one| json::DownloadedFile {
            version: one.release.version,
            path: one.file.path().display().to_string(),
            size: one.file.size(),
            sha256: one.file.sha256().to_string(),
            proof: one.file.proof(),
        });
        let downloaded = json::Downloaded { id: item.id.clone(), files: files.collect() };
        json::print(&downloaded, streams.out)?;
    } else {
        for one in fetched {
            let size = texts.size(one.file.size());
            let proof = texts.proof(&one.proved());
            writeln!(streams.out, "{}  {size}  {proof}", one.file.path().display())?;
        }
    }
    Ok(Status::Done)
}
