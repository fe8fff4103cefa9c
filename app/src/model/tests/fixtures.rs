//! A made machine and its report: one base of every kind. Uses the core's types alone.

use smarts_core::catalogue::{self, Feed, FileLocation, Release, ReleaseFile};
use smarts_core::check::{Report, SourceFacts};
use smarts_core::machine::{AppLinks, Base, Damage, Device, FileFault, Kind, Machine, Platform, Updater};
use smarts_core::offer::{self, Block, Item, NotManaged, Notes, Offer, State, Subject, Unknown, Warning};
use smarts_core::source::{self, Trust};
use smarts_core::subscription::{Record, Subscriptions};
use smarts_core::version::Version;

pub const CHECKED_AT: &str = "2026-11-22T09:40:00Z";
pub const NOW: &str = "2026-11-22T12:52:00+03:00[+03:00]";
const MIB: u64 = 1024 * 1024;

pub fn version(text: &str) -> Version {
    text.parse().unwrap()
}

pub fn release(feed: &str, number: &str, date: &str, mib: Option<u64>) -> Release {
    Release {
        feed: Feed::named(feed).unwrap(),
        version: version(number),
        date: date.parse().ok(),
        notes: "- Печать этикеток с ТСД стала быстрее\n- Исправлен обмен документами".into(),
        file: mib.map(|mib| ReleaseFile {
            name: format!("{feed}.mstmpl"),
            location: FileLocation::InSource(format!("downloads/{feed}.mstmpl")),
            size: Some(mib * MIB),
            sha256: None,
            sha512: None,
            publisher: None,
        }),
        tags: vec![],
        forced: false,
        distribution: 100,
        show_for_all: false,
        min_platform: None,
        from_versions: vec![],
        client_version: None,
    }
}

pub fn offer(steps: Vec<Release>) -> Offer {
    let notes = steps
        .iter()
        .rev()
        .map(|step| Notes { version: step.version, date: step.date, text: step.notes.clone() })
        .collect();
    Offer { steps, notes, others: Vec::new() }
}

pub fn base(id: &str, name: &str, product: &str, number: &str) -> Base {
    Base {
        id: id.into(),
        name: name.into(),
        comment: None,
        folder: format!(r"C:\ProgramData\Cleverence\Databases\{name}"),
        dir: Some(format!("/pc/C/ProgramData/Cleverence/Databases/{name}").into()),
        kind: Kind::Local,
        product_id: Some(product.into()),
        product: product.into(),
        version: number.parse().ok(),
        min_platform: None,
        client_version: None,
        updates_path: None,
        notes_link: Some("https://www.cleverence.ru/software/".into()),
        support_link: None,
        app_links: AppLinks::default(),
        tag: None,
        devices: vec![],
        devices_incomplete: false,
    }
}

pub fn item(base: &Base, state: State) -> Item {
    Item {
        id: base.id.clone(),
        subject: Subject::Base,
        name: base.name.clone(),
        product: Some(base.product.clone()),
        installed: base.version,
        state,
        covered: None,
        former: Vec::new(),
        warnings: vec![],
    }
}

pub fn available(feed: &str, number: &str, date: &str, mib: u64) -> State {
    State::Available { offer: offer(vec![release(feed, number, date, Some(mib))]) }
}

pub fn platform_item() -> Item {
    let devices = ["Склад-1", "Склад-2", "Приёмка", "Касса"].map(String::from).to_vec();
    Item {
        id: "platform".into(),
        subject: Subject::Platform,
        name: "Mobile SMARTS".into(),
        product: None,
        installed: Some(version("3.3.46.29552")),
        state: available("Platform4", "3.4.46.40367", "2025-02-11", 96),
        covered: None,
        former: Vec::new(),
        warnings: vec![Warning::DevicesStop { devices, assumed: false }],
    }
}

/// The same PC with this program installed, and this said of it.
pub fn with_updater((machine, mut report): (Machine, Report), state: State) -> (Machine, Report) {
    let installed = version("1.1.0.0");
    report.items.push(Item {
        id: "updater".into(),
        subject: Subject::Updater,
        name: "Mobile SMARTS Updater".into(),
        product: None,
        installed: Some(installed),
        state,
        covered: None,
        former: Vec::new(),
        warnings: vec![],
    });
    (Machine { updater: Some(Updater { version: installed, install_dir: None }), ..machine }, report)
}

/// A newer release of this program.
pub fn newer_updater() -> State {
    available("MobileSMARTSUpdater", "1.2.0.0", "2026-11-20", 11)
}

/// A base and what the report says of it.
pub type Pair = (Base, Item);

pub fn main_base() -> Pair {
    let base = base("main", "Основной склад", "Склад 15, Расширенный", "1.6.2.6493");
    let item = item(&base, available("WH15", "1.6.3.7283", "2025-10-29", 184));
    (base, item)
}

pub fn cash_desk() -> Pair {
    let mut base = base("cash", "Касса 2", "Магазин 15", "1.5.0.40");
    base.kind = Kind::InternetExchange;
    let item = item(&base, available("Retail15", "1.5.0.58", "2026-03-12", 184));
    (base, item)
}

pub fn in_steps() -> Pair {
    let base = base("forest", "Филиал на Лесной", "Склад 15, Базовый", "1.0.2.85");
    let steps = vec![
        release("WH15", "1.3.4.1116", "2023-03-20", Some(120)),
        release("WH15", "1.6.3.7283", "2025-10-29", Some(184)),
    ];
    let item = item(&base, State::Available { offer: offer(steps) });
    (base, item)
}

pub fn needs_platform() -> Pair {
    let base = base("new", "Новый склад", "Склад 15, Минимум", "1.6.2.6493");
    let mut item = item(&base, available("WH15M", "1.6.3.7283", "2025-10-29", 184));
    item.warnings = vec![Warning::NeedsPlatform {
        minimum: version("3.4.46.31745"),
        installed: Some(version("3.3.46.29552")),
        available: Some(version("3.4.46.40367")),
    }];
    (base, item)
}

pub fn blocked() -> Pair {
    let base = base("egais", "Учёт алкоголя", "ЕГАИС 3", "2.1.0.310");
    let release = release("Egais3", "2.2.0.330", "2026-08-30", None);
    let blocks = vec![Block::NoFile { version: release.version }];
    let item = item(&base, State::Blocked { offer: offer(vec![release]), blocks });
    (base, item)
}

pub fn up_to_date() -> Pair {
    let base = base("courier", "Доставка", "Mobile SMARTS: Курьер", "1.2.0.44");
    let item = item(&base, State::UpToDate);
    (base, item)
}

pub fn unknown() -> Pair {
    let base = base("stock", "Инвентаризация", "Учёт имущества", "1.4.0.12");
    let error = catalogue::Error {
        path: "updates/Assets/versions.xml".into(),
        fault: catalogue::Fault::Source(source::Fault::Status {
            host: "files.cleverence.ru".into(),
            status: 503,
        }),
    };
    let item = item(&base, State::Unknown { reason: Unknown::Catalogue { error } });
    (base, item)
}

pub fn not_managed(id: &str, name: &str, product: &str, kind: Kind) -> Pair {
    let mut base = base(id, name, product, "");
    let reason = match &kind {
        Kind::Cloud => NotManaged::Cloud,
        Kind::Remote => NotManaged::Remote,
        Kind::Damaged(damage) => NotManaged::Damaged { damage: damage.clone() },
        Kind::Local | Kind::InternetExchange => NotManaged::SwitchedOff,
    };
    base.kind = kind;
    let item = item(&base, State::NotManaged { reason });
    (base, item)
}

pub fn damaged() -> Pair {
    let fault = FileFault::NotXml {
        file: "AppDescription.xml".into(),
        line: 3,
        column: 1,
        detail: "unexpected end".into(),
    };
    let kind = Kind::Damaged(Damage::Description(fault));
    not_managed("assets", "Учёт имущества", "Учёт имущества", kind)
}

/// The whole: a platform with an update, and a base of every kind.
pub fn everything() -> (Machine, Report) {
    of(vec![
        main_base(),
        cash_desk(),
        in_steps(),
        needs_platform(),
        blocked(),
        up_to_date(),
        unknown(),
        not_managed("mall", "Магазин в ТЦ", "ОБЛАКО Магазин 15", Kind::Cloud),
        not_managed("office", "Центральный офис", "Склад 15, Расширенный", Kind::Remote),
        damaged(),
    ])
}

/// What is known of subscriptions: devices and their last days.
pub fn known(records: &[(&str, &str)]) -> Subscriptions {
    let records = records.iter().map(|(device, until)| Record::of(device, "", until, "", "").unwrap());
    Subscriptions { records: records.collect(), ..Subscriptions::nothing("KASSA-1") }
}

/// A device that was connected at this time.
pub fn device(id: &str, last_seen: &str) -> Device {
    Device { id: id.into(), last_seen: last_seen.parse().ok(), ..Device::default() }
}

/// A base with a device `ТСД 4`, not seen for 104 days. Offered is 1.6.3.7283 of 29.10.2025; 1.6.3.6708 of
/// 12.09.2025 would do as well.
pub fn subscribed(id: &str, name: &str) -> Pair {
    let mut base = base(id, name, "Склад 15, Базовый", "1.6.2.6128");
    base.devices = vec![device("ТСД 4", "2026-08-10T09:00:00Z")];
    let newest = release("WH15", "1.6.3.7283", "2025-10-29", Some(184));
    let older = release("WH15", "1.6.3.6708", "2025-09-12", Some(180));
    let mut offer = offer(vec![newest]);
    offer.notes.push(Notes { version: older.version, date: older.date, text: older.notes.clone() });
    offer.others = vec![older];
    let item = item(&base, State::Available { offer });
    (base, item)
}

/// Several of them.
pub fn branches(count: usize) -> Vec<Pair> {
    (1..=count).map(|number| subscribed(&format!("branch-{number}"), &format!("Филиал № {number}"))).collect()
}

/// A report as the window shows it on this machine: with what is known of subscriptions, which is nothing.
pub fn judged(machine: &Machine, mut report: Report) -> Report {
    let before = report.clone();
    let known = Subscriptions::nothing("");
    let facts = known.facts(machine, &NOW.parse().unwrap());
    offer::refit(&mut report.items, machine, &facts);
    assert_ne!(report, before, "that nothing is known is said");
    report
}

/// Bases `store-1`, `store-2`, … of one product with one and the same offer.
pub fn stores(count: usize) -> Vec<Pair> {
    (1..=count)
        .map(|number| {
            let name = format!("Магазин № {number}");
            let base = base(&format!("store-{number}"), &name, "Магазин 15, Базовый", "1.5.0.40");
            let item = item(&base, available("Retail15", "1.5.0.58", "2026-03-12", 184));
            (base, item)
        })
        .collect()
}

pub fn of(pairs: Vec<Pair>) -> (Machine, Report) {
    let (bases, items): (Vec<Base>, Vec<Item>) = pairs.into_iter().unzip();
    let machine = Machine {
        platform: Some(Platform { version: version("3.3.46.29552"), install_dir: None }),
        bases,
        ..Machine::default()
    };
    let report = Report {
        checked_at: CHECKED_AT.parse().unwrap(),
        source: SourceFacts {
            root: "https://files.cleverence.ru".into(),
            trust: Trust::Https,
            expires: None,
        },
        items: std::iter::once(platform_item()).chain(items).collect(),
        problems: vec![],
        bases_unknown: false,
        apps: Vec::new(),
    };
    (machine, report)
}
