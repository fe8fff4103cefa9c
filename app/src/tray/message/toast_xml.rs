//! A toast as Windows is told it: Microsoft, "Toast content schema".

use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

use crate::tray::notice::Message;

/// The whole document. A click opens an address of our protocol, which needs no program of ours to be there.
pub(super) fn of(message: &Message, open: Option<&str>, picture: Option<&str>) -> String {
    let address = address(message.open.as_deref());
    let picture = picture.map_or_else(String::new, |picture| {
        format!("<image placement=\"appLogoOverride\" src=\"{}\"/>", escaped(picture))
    });
    let actions = open.map_or_else(String::new, |label| {
        let label = escaped(label);
        format!("<actions><action activationType=\"protocol\" arguments=\"{address}\" content=\"{label}\"/></actions>")
    });
    format!(
        "<toast activationType=\"protocol\" launch=\"{address}\"><visual><binding template=\"ToastGeneric\">\
         <text>{}</text><text>{}</text>{picture}</binding></visual>{actions}</toast>",
        escaped(&message.title),
        escaped(&message.body),
    )
}

fn address(item: Option<&str>) -> String {
    let item = item.map(|item| utf8_percent_encode(item, NON_ALPHANUMERIC));
    item.map_or_else(
        || "mobile-smarts-updater:".to_owned(),
        |item| format!("mobile-smarts-updater:show/{item}"),
    )
}

/// Without what XML 1.0 does not know at all.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&apos;"),
            '\t' | '\n' | '\r' => escaped.push(' '),
            '\u{fffe}' | '\u{ffff}' => {}
            _ if character.is_control() => {}
            _ => escaped.push(character),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tray::notice::Kind;

    fn message(title: &str, open: Option<&str>) -> Message {
        Message {
            title: title.into(),
            body: "Само ничего не установится".into(),
            kind: Kind::Products,
            open: open.map(str::to_owned),
        }
    }

    #[test]
    fn a_click_opens_the_window_at_the_item() {
        let xml = of(&message("Склад 15", Some("Склад \"A\"")), Some("Открыть"), Some("file:///C:/a.png"));
        let address = "mobile-smarts-updater:show/%D0%A1%D0%BA%D0%BB%D0%B0%D0%B4%20%22A%22";
        assert_eq!(xml.matches(address).count(), 2);
        assert!(xml.contains("<text>Склад 15</text><text>Само ничего не установится</text>"), "{xml}");
        assert!(xml.contains("src=\"file:///C:/a.png\"") && xml.contains("content=\"Открыть\""), "{xml}");
        assert!(of(&message("t", None), None, None).contains("launch=\"mobile-smarts-updater:\""));
    }

    #[test]
    fn a_name_of_a_base_breaks_nothing() {
        let xml = of(&message("a<b>&\"c'\u{1}\u{ffff}\nd", None), Some("\"/><x"), None);
        assert!(xml.contains("<text>a&lt;b&gt;&amp;&quot;c&apos; d</text>"), "{xml}");
        assert!(xml.contains("content=\"&quot;/&gt;&lt;x\""), "{xml}");
    }
}
