//! What a frame of the window costs while a list of 10,000 bases is scrolled: to reach are 4 ms of one processor for
//! drawing and tessellating. What the graphics card or its stand-in does afterwards is not in it.

use std::hint::black_box;
use std::time::{Duration, SystemTime};

use criterion::{BenchmarkId, Criterion};
use egui::{
    Context, Event, Modifiers, MouseWheelSource, MouseWheelUnit, Pos2, RawInput, Rect, TouchPhase, Vec2,
    pos2, vec2,
};
use smarts_core::catalogue::{Feed, FileLocation, Release, ReleaseFile};
use smarts_core::check::{Report, SourceFacts};
use smarts_core::machine::{self, Base, Machine};
use smarts_core::offer::{Item, Offer, State, Subject};
use smarts_core::os::MachineRoot;
use smarts_core::source::Trust;
use smarts_tests::machine_root::{self as pc, BaseSpec};
use smarts_updater::i18n::{Language, Texts};
use smarts_updater::model::{self, Event as Answer, Model, Permission};
use smarts_updater::view;

type Fault = Box<dyn std::error::Error>;

const NOW: &str = "2026-11-22T12:52:00+03:00[+03:00]";
const SIZE: Vec2 = vec2(1366.0, 768.0);

fn machine_of(bases: usize) -> Result<Machine, Fault> {
    let last_seen = SystemTime::UNIX_EPOCH + Duration::from_secs(1_750_000_000);
    let spec = |number: usize| BaseSpec {
        devices: vec![(format!("CT40-{number}"), last_seen)],
        ..BaseSpec::new(&format!("base-{number}"), &format!("База {number}"))
    };
    let specs: Vec<BaseSpec> = (0..bases).map(spec).collect();
    let pc = pc::MachineRoot::new()?.platform("3.3.46.29552")?.bases(&specs)?;
    Ok(machine::read(&MachineRoot::open(pc.path())?))
}

/// Every second base has a release of its own, so that none are grouped; or all have the same, and are one row.
fn item(number: usize, base: &Base, is_grouped: bool) -> Result<Item, Fault> {
    let state = match (is_grouped, number.is_multiple_of(2)) {
        (true, _) => State::Available { offer: offer(1)? },
        (false, true) => State::UpToDate,
        (false, false) => State::Available { offer: offer(number)? },
    };
    Ok(Item {
        id: base.id.clone(),
        subject: Subject::Base,
        name: base.name.clone(),
        product: Some(base.product.clone()),
        installed: base.version,
        state,
        covered: None,
        former: Vec::new(),
        warnings: Vec::new(),
    })
}

fn offer(number: usize) -> Result<Offer, Fault> {
    let release = Release {
        feed: Feed::named("WH15").ok_or("no feed")?,
        version: format!("9.0.0.{number}").parse()?,
        date: Some("2026-10-29".parse()?),
        notes: String::new(),
        file: Some(ReleaseFile {
            name: "WH15.mstmpl".into(),
            location: FileLocation::InSource("downloads/WH15.mstmpl".into()),
            size: Some(184 << 20),
            sha256: None,
            sha512: None,
            publisher: None,
        }),
        tags: Vec::new(),
        forced: false,
        distribution: 100,
        show_for_all: false,
        min_platform: None,
        from_versions: Vec::new(),
        client_version: None,
    };
    Ok(Offer { steps: vec![release], notes: Vec::new(), others: Vec::new() })
}

fn model_of(bases: usize, is_grouped: bool) -> Result<Model, Fault> {
    let machine = machine_of(bases)?;
    let items = machine.bases.iter().enumerate().map(|(number, base)| item(number, base, is_grouped));
    let report = Report {
        checked_at: "2026-11-22T09:40:00Z".parse()?,
        source: SourceFacts {
            root: "https://files.cleverence.ru".into(),
            trust: Trust::Https,
            expires: None,
        },
        bases_unknown: false,
        apps: Vec::new(),
        items: items.collect::<Result<_, _>>()?,
        problems: Vec::new(),
    };
    let mut model = Model::new(NOW.parse()?);
    let loaded = Answer::Loaded { machine, report: Some(report), permission: Permission::Granted };
    let _ = model::receive(&mut model, loaded);
    Ok(model)
}

/// The wheel a bit further, with the pointer over the list.
fn turned_wheel(frame: usize) -> RawInput {
    let pointer: Pos2 = pos2(SIZE.x / 2.0, SIZE.y * 0.75);
    // There and back again in the middle of a long list.
    let down = if frame % 400 < 300 { -1.0 } else { 1.0 };
    let wheel = Event::MouseWheel {
        unit: MouseWheelUnit::Point,
        delta: vec2(0.0, down * 48.0),
        source: MouseWheelSource::Wheel,
        phase: TouchPhase::Move,
        modifiers: Modifiers::NONE,
    };
    RawInput {
        screen_rect: Some(Rect::from_min_size(Pos2::ZERO, SIZE)),
        time: Some(frame as f64 / 60.0),
        events: vec![Event::PointerMoved(pointer), wheel],
        ..RawInput::default()
    }
}

fn main() -> Result<(), Fault> {
    let mut criterion = Criterion::default().configure_from_args();
    let mut group = criterion.benchmark_group("frame while scrolling");
    let texts = Texts::new(Language::Ru)?;
    for (bases, is_grouped) in [(100, false), (10_000, false), (10_000, true)] {
        let model = model_of(bases, is_grouped)?;
        let name = if is_grouped { "grouped".to_owned() } else { bases.to_string() };
        let ctx = Context::default();
        view::theme::install(&ctx);
        ctx.enable_accesskit();
        let mut frame = 0;
        group.bench_function(BenchmarkId::from_parameter(name), |bencher| {
            bencher.iter(|| {
                frame += 1;
                let mut output = ctx.run_ui(turned_wheel(frame), |ui| {
                    black_box(view::window(ui, &model, &texts));
                });
                // Nobody paints here.
                output.textures_delta.clear();
                black_box(ctx.tessellate(output.shapes, output.pixels_per_point));
            });
        });
    }
    group.finish();
    criterion.final_summary();
    Ok(())
}
