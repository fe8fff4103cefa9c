//! Which services of a PC are the data server of a base.
//!
//! The vendor names none in public; documented is the platform's own, `Mobilesmartsserver`, which serves all bases.
//! Inferred: a service belongs to a base if its command line names the base's folder or its id, or if it keeps the
//! base's `appres.resources` open, as the data server does while it runs (read from a published build of platform 3.3).
//! One that keeps it open and names nothing of the base may serve others, too. In any case its program has to be the
//! vendor's, by its place: a virus scanner or a copying program that has the file open is never stopped.

use std::path::Path;

use crate::machine::{Base, platform};
use crate::os::{Os, Service, ServiceFault};

/// A file of every base that its data server keeps open.
const SERVER_FILE: &str = "appres.resources";
/// The vendor's folders, in the program folders and below `ProgramData`.
const VENDOR: &str = r"\cleverence";
/// A shorter id may stand in a command line by chance.
const SHORTEST_ID: usize = 8;

/// A service that belongs to a base.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mine {
    /// As the PC lists it.
    pub service: Service,
    /// Nothing says that it serves this base alone.
    pub is_shared: bool,
}

/// The services of a base, those of its own first.
pub fn of_base(os: &dyn Os, base: &Base) -> Result<Vec<Mine>, ServiceFault> {
    let services = os.services()?;
    let file = base.dir.as_deref().map(|dir| dir.join(SERVER_FILE));
    let holding = |file: &Path| os.services_holding(file).unwrap_or_default();
    let holding = file.as_deref().filter(|file| file.exists()).map_or_else(Vec::new, holding);
    let install_dir = platform::find(os).platform.and_then(|platform| platform.install_dir);
    let homes = [install_dir.as_deref().unwrap_or_default(), &base.folder].map(plain);
    let mut mine: Vec<Mine> = Vec::new();
    for service in services {
        let is_own = names_folder(&service.command_line, &base.folder)
            || [&service.name, &service.command_line].iter().any(|text| names_id(text, &base.id));
        let is_holding = holding.iter().any(|name| name.eq_ignore_ascii_case(&service.name));
        if (is_own || is_holding) && is_vendors(&service.command_line, &homes) {
            mine.push(Mine { service, is_shared: !is_own });
        }
    }
    mine.sort_by_key(|mine| mine.is_shared);
    Ok(mine)
}

/// Letters and slashes as they compare.
fn plain(path: &str) -> String {
    path.trim().to_lowercase().replace('/', r"\").trim_end_matches('\\').to_owned()
}

fn is_vendors(command_line: &str, homes: &[String]) -> bool {
    let program = program(&plain(command_line)).to_owned();
    let is_below = |home: &String| {
        home.len() > "c:".len()
            && program.strip_prefix(home.as_str()).is_some_and(|rest| rest.starts_with('\\'))
    };
    program.contains(VENDOR) || homes.iter().any(is_below)
}

/// The program of a command line, which has quotes around it or ends with `.exe`.
fn program(command_line: &str) -> &str {
    if let Some(quoted) = command_line.strip_prefix('"') {
        return quoted.split('"').next().unwrap_or_default();
    }
    let end = command_line.find(".exe").map_or(command_line.len(), |start| start + ".exe".len());
    command_line.get(..end).unwrap_or(command_line)
}

fn names_folder(text: &str, folder: &str) -> bool {
    let (text, folder) = (plain(text), plain(folder));
    // A drive by itself is nobody's folder.
    if folder.len() <= "c:".len() {
        return false;
    }
    let ends =
        |at: usize| text.get(at..).is_some_and(|rest| rest.is_empty() || rest.starts_with(['\\', '"']));
    text.match_indices(&folder).any(|(start, found)| ends(start + found.len()))
}

fn names_id(text: &str, id: &str) -> bool {
    let (text, id) = (text.to_lowercase(), id.to_lowercase());
    if id.chars().count() < SHORTEST_ID {
        return false;
    }
    let stands_alone = |start: usize| {
        let before = text.get(..start).and_then(|before| before.chars().next_back());
        let after = text.get(start + id.len()..).and_then(|after| after.chars().next());
        !before.into_iter().chain(after).any(char::is_alphanumeric)
    };
    text.match_indices(&id).any(|(start, _)| stands_alone(start))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_is_named_by_itself_or_by_something_in_it() {
        let folder = r"C:\Bases\Main";
        for text in [
            r#""C:\P\DataServer.exe" -base "c:\bases\main""#,
            r"C:\P\DataServer.exe -base C:/Bases/Main/",
            r"C:\BASES\MAIN\DataServer.exe",
        ] {
            assert!(names_folder(text, folder), "{text}");
        }
        for text in [r#"x "C:\Bases\Main 2""#, r"x C:\Bases\Mainz\y", r"x C:\Bases", ""] {
            assert!(!names_folder(text, folder), "{text}");
        }
        assert!(!names_folder(r"C:\P\DataServer.exe", r"C:\"));
    }

    #[test]
    fn an_id_is_named_by_itself_only() {
        let id = "13bee4fb-0000-4000-8000-000000000001";
        assert!(names_id(&format!("DataServer_{}", id.to_uppercase()), id));
        assert!(names_id(&format!("x.exe --base={{{id}}}"), id));
        assert!(!names_id(&format!("{id}5"), id));
        assert!(!names_id("DataServer main", "main"), "too short to mean anything");
    }

    #[test]
    fn only_programs_in_the_vendors_places_are_the_vendors() {
        let homes = [r"d:\smarts".to_owned(), r"e:\base".to_owned(), String::new()];
        for line in [
            r#""C:\Program Files (x86)\Cleverence Soft\Mobile SMARTS\Server\x.exe" -b C:\y"#,
            r"D:\Smarts\Server\x.exe",
            r#""E:/Base/x.exe""#,
        ] {
            assert!(is_vendors(line, &homes), "{line}");
        }
        for line in [
            r#""C:\Backup\agent.exe" C:\ProgramData\Cleverence\Databases\main"#,
            r"C:\Backup\agent.exe C:\ProgramData\Cleverence\Databases\main",
            r"D:\Smarts2\x.exe",
            "",
        ] {
            assert!(!is_vendors(line, &homes), "{line}");
        }
    }
}
