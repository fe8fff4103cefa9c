//! Arguments as one command line, which is all that Windows hands to a program.
//!
//! Programs take it apart by the rules of Microsoft's C runtime ("Parsing C command-line arguments"); the
//! standard library puts it together by them, but does not lend that out. Windows Installer has a rule of its
//! own for properties ("Command-line options").

use std::ffi::{OsStr, OsString};

/// The arguments, separated and quoted by the rules of Microsoft's C runtime.
///
/// Text that is not Unicode is passed on with a replacement character in its place.
pub(super) fn joined(arguments: &[OsString]) -> String {
    let mut line = String::new();
    for argument in arguments {
        if !line.is_empty() {
            line.push(' ');
        }
        push_quoted(&mut line, &argument.to_string_lossy());
    }
    line
}

/// A property as Windows Installer takes it, `NAME="a value"`; `None` for what is no property or needs no quotes.
pub(super) fn property(argument: &OsStr) -> Option<String> {
    let (name, value) = argument.to_str()?.split_once('=')?;
    let in_name = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '.';
    if name.is_empty() || !name.chars().all(in_name) || !value.contains([' ', '\t', '"']) {
        return None;
    }
    Some(format!("{name}=\"{}\"", value.replace('"', "\"\"")))
}

fn push_quoted(line: &mut String, argument: &str) {
    if !argument.is_empty() && !argument.contains([' ', '\t', '\n', '\u{b}', '"']) {
        line.push_str(argument);
        return;
    }
    line.push('"');
    let mut backslashes = 0;
    for character in argument.chars() {
        match character {
            '\\' => backslashes += 1,
            '"' => {
                // Each backslash in front of a quote is doubled, and the quote gets one of its own.
                line.extend(std::iter::repeat_n('\\', backslashes + 1));
                backslashes = 0;
            }
            _ => backslashes = 0,
        }
        line.push(character);
    }
    line.extend(std::iter::repeat_n('\\', backslashes));
    line.push('"');
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(arguments: &[&str]) -> String {
        joined(&arguments.iter().map(OsString::from).collect::<Vec<_>>())
    }

    #[test]
    fn plain_arguments_are_separated_by_spaces_alone() {
        assert_eq!(line(&[]), "");
        assert_eq!(line(&["apply", r"C:\a\b", "--plan=x"]), r"apply C:\a\b --plan=x");
    }

    #[test]
    fn spaces_and_emptiness_are_quoted() {
        assert_eq!(line(&["", r"C:\Базы Mobile SMARTS\1"]), r#""" "C:\Базы Mobile SMARTS\1""#);
        assert_eq!(line(&["a\tb"]), "\"a\tb\"");
    }

    #[test]
    fn backslashes_are_doubled_in_front_of_a_quote_and_nowhere_else() {
        assert_eq!(line(&[r#"a"b"#]), r#""a\"b""#);
        assert_eq!(line(&[r#"a\"b"#]), r#""a\\\"b""#);
        assert_eq!(line(&[r"C:\a b\"]), r#""C:\a b\\""#);
        assert_eq!(line(&[r"C:\a\"]), r"C:\a\");
        assert_eq!(line(&[r"a\\b c"]), r#""a\\b c""#);
    }

    #[test]
    fn a_property_keeps_its_name_outside_the_quotes() {
        let of = |text: &str| property(OsStr::new(text));
        assert_eq!(
            of(r"INSTALLDIR=C:\Program Files\A").as_deref(),
            Some(r#"INSTALLDIR="C:\Program Files\A""#)
        );
        assert_eq!(of(r#"NAME=ООО "А""#).as_deref(), Some(r#"NAME="ООО ""А""""#));
        for other in ["/qn", "REBOOT=ReallySuppress", "a b", "=a b", "a b=c d"] {
            assert_eq!(of(other), None, "{other}");
        }
    }
}
