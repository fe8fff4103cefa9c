//! Words for mobile devices that a new platform stops: which, for how many an app is waiting, and what to do first.

use i18n_embed_fl::fl;
use smarts_core::offer;
use smarts_core::preflight::{Gets, Stopping};

use super::Texts;

/// They are what a person goes and fetches, so all of a usual shop are named; the others are counted.
const NAMED: usize = 12;

impl Texts {
    /// What to know, and what to do about it.
    pub(super) fn stopping(&self, devices: &[Stopping]) -> (String, String) {
        let loader = &self.loader;
        let names_of =
            |devices: &[&Stopping]| self.names_up_to(NAMED, devices.iter().map(|device| &device.name));
        let that_get = |gets| devices.iter().filter(|device| device.gets == gets).collect::<Vec<_>>();
        let all = [Gets::Nothing, Gets::ByHand, Gets::FromPlatform, Gets::Staged];
        let [nothing, by_hand, platform, staged] = all.map(that_get);

        let warning = offer::Warning::DevicesStop {
            devices: devices.iter().map(|device| device.name.clone()).collect(),
            assumed: devices.iter().any(|device| device.is_assumed),
        };
        let (what, names) = (self.warning(&warning), names_of(&devices.iter().collect::<Vec<_>>()));
        let text = match staged.len() {
            0 => fl!(loader, "stopping", what = what, names = names),
            count if count == devices.len() => {
                fl!(loader, "stopping-all-staged", what = what, names = names, count = count)
            }
            count => fl!(loader, "stopping-some-staged", what = what, names = names, count = count),
        };
        let hint = match (nothing.len(), staged.is_empty()) {
            (0, true) => None,
            (0, false) => Some(fl!(loader, "hint-stopping-staged")),
            (count, _) if count == devices.len() => Some(fl!(loader, "hint-stopping")),
            (_, true) => Some(fl!(loader, "hint-stopping-these", names = names_of(&nothing))),
            (_, false) => Some(fl!(loader, "hint-stopping-some", names = names_of(&nothing))),
        };
        let of_platform = (!platform.is_empty()).then(|| fl!(loader, "hint-stopping-platform"));
        let by_hand =
            (!by_hand.is_empty()).then(|| fl!(loader, "hint-stopping-by-hand", names = names_of(&by_hand)));
        let hints: Vec<String> = hint.into_iter().chain(of_platform).chain(by_hand).collect();
        (text, hints.join("; "))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::i18n::Language;

    /// Devices by name, and what each gets.
    fn told(language: Language, devices: &[(&str, Gets)]) -> (String, String) {
        let device =
            |&(name, gets): &(&str, Gets)| Stopping { name: name.to_owned(), is_assumed: false, gets };
        let devices: Vec<Stopping> = devices.iter().map(device).collect();
        let (text, hint) = Texts::new(language).unwrap().stopping(&devices);
        // What stands around values is for screens alone.
        let plain = |text: String| text.replace(['\u{2068}', '\u{2069}'], "");
        (plain(text), plain(hint))
    }

    #[test]
    fn devices_are_named_and_those_with_an_app_waiting_are_counted() {
        use Gets::{ByHand, FromPlatform, Nothing, Staged};
        let (text, hint) = told(Language::Ru, &[("ТСД 1", Nothing), ("ТСД 2", Nothing)]);
        assert_eq!(text, "2 ТСД не смогут подключиться, пока на них не обновят приложение: ТСД 1, ТСД 2");
        assert!(hint.contains("вкладке «ТСД»") && hint.contains("smarts devices stage"), "{hint}");

        let mixed = [("ТСД 1", Staged), ("ТСД 2", Staged), ("ТСД 3", Staged), ("ТСД 4", Nothing)];
        let (text, hint) = told(Language::Ru, &mixed);
        assert!(text.starts_with("4 ТСД не смогут"), "{text}");
        assert!(text.ends_with("; для 3 из них приложение уже подготовлено"), "{text}");
        assert!(hint.starts_with("подготовьте приложение и для остальных (ТСД 4)"), "{hint}");

        let (text, hint) = told(Language::Ru, &[("ТСД 1", Staged)]);
        assert!(text.ends_with("ТСД 1; приложение для него уже подготовлено"), "{text}");
        assert!(!hint.contains("вкладке"), "{hint}");

        let (text, hint) = told(Language::Ru, &[("MC3190", FromPlatform)]);
        assert!(text.ends_with(": MC3190"), "{text}");
        assert!(hint.starts_with("ТСД на Windows CE"), "{hint}");

        let (_, hint) = told(Language::Ru, &[("MC3190", ByHand)]);
        assert!(hint.contains("обновите на них сами: MC3190") && !hint.contains("вкладке"), "{hint}");

        let (_, hint) = told(Language::Ru, &[("MC3190", FromPlatform), ("ТСД 1", Nothing)]);
        // Nothing is staged yet, so there are no others.
        assert!(hint.starts_with("подготовьте приложение для ТСД 1 на вкладке"), "{hint}");
        assert!(hint.contains("; ТСД на Windows CE"), "{hint}");
    }

    #[test]
    fn all_devices_of_a_shop_are_named_and_of_a_warehouse_the_others_are_counted() {
        let names: Vec<String> = (1..=40).map(|number| format!("№{number}")).collect();
        let of = |count: usize| {
            let devices: Vec<_> = names[..count].iter().map(|name| (name.as_str(), Gets::Nothing)).collect();
            told(Language::Ru, &devices).0
        };
        assert!(of(12).ends_with("№11, №12"), "{}", of(12));
        assert!(of(40).ends_with("№11, №12 и ещё 28"), "{}", of(40));
    }

    #[test]
    fn the_same_is_told_in_english() {
        let mixed = [("CT40", Gets::Staged), ("MC3190", Gets::FromPlatform), ("TC21", Gets::Nothing)];
        let (text, hint) = told(Language::En, &mixed);
        assert!(text.contains("CT40, MC3190, TC21; the app is staged for 1 of them"), "{text}");
        assert!(hint.contains("(TC21)") && hint.contains("Windows CE"), "{hint}");
    }
}
