//! Takes names and passwords out of texts.

/// What stands in their place.
const GONE: &str = "[…]";
/// What is shorter would be found in every other word.
const SHORTEST: usize = 3;

/// What is to be taken out.
pub(super) struct Scrub {
    /// The longest first: one may be a part of another.
    secrets: Vec<String>,
}

impl Scrub {
    /// Of these, as they are and as JSON writes them; of a name with a domain the name alone, too.
    pub(super) fn new(mut known: Vec<String>) -> Self {
        let bare: Vec<String> =
            known.iter().filter_map(|secret| Some(secret.rsplit_once('\\')?.1.to_owned())).collect();
        known.extend(bare);
        let is_long = |secret: &String| secret.chars().count() >= SHORTEST;
        let mut secrets: Vec<String> = known.into_iter().filter(is_long).collect();
        let escaped: Vec<String> = secrets.iter().map(|secret| escaped(secret)).collect();
        secrets.extend(escaped);
        secrets.sort_unstable_by_key(|secret| std::cmp::Reverse(secret.len()));
        secrets.dedup();
        Self { secrets }
    }

    /// The text without them, and without whatever stands before an @ in an address.
    pub(super) fn text(&self, text: &str) -> String {
        let without = self.secrets.iter().fold(text.to_owned(), |text, secret| text.replace(secret, GONE));
        addresses(&without)
    }
}

fn escaped(secret: &str) -> String {
    let text = serde_json::Value::from(secret).to_string();
    text.trim_matches('"').to_owned()
}

fn addresses(text: &str) -> String {
    let mut scrubbed = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("://") {
        let (before, address) = rest.split_at(at + 3);
        scrubbed.push_str(before);
        let ends = |letter: char| letter.is_whitespace() || "\"'<>`|".contains(letter);
        let (address, after) = address.split_at(address.find(ends).unwrap_or(address.len()));
        let shown = address.rsplit_once('@').map_or(address, |(_, host)| host);
        scrubbed.push_str(shown);
        rest = after;
    }
    scrubbed.push_str(rest);
    scrubbed
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_known_goes_wherever_it_stands_and_however_json_writes_it() {
        let scrub = Scrub::new(vec![r#"a"b\c"#.to_owned(), "s3cret".to_owned(), "io".to_owned()]);
        let text = r#"{"x": "a\"b\\c"} a"b\c s3cret2 version"#;
        assert_eq!(scrub.text(text), r#"{"x": "[…]"} […] […]2 version"#);
    }

    #[test]
    fn of_an_address_nothing_before_the_host_is_left_whoever_wrote_it() {
        let scrub = Scrub::new(Vec::new());
        let cases = [
            ("asked https://ivan:se/cr@et@mirror.example/a?b now", "asked https://mirror.example/a?b now"),
            (r#""http://u:p@proxy:1","x@y""#, r#""http://proxy:1","x@y""#),
            ("two: http://a:b@c http://d:e@f/", "two: http://c http://f/"),
            ("nothing: https://mirror.example/", "nothing: https://mirror.example/"),
            ("not one: ://", "not one: ://"),
        ];
        for (text, expected) in cases {
            assert_eq!(scrub.text(text), expected);
        }
    }
}
