//! Who may change a file, by its owner and its list of rights. A pure decision; reading the rights from a
//! file is done elsewhere.
//!
//! Trusted are the groups that own Windows itself: the administrators, the system, and the installer of
//! Windows' parts. A single account is never trusted, even if it is an administrator's today: every program
//! that this person starts acts with its rights, also without Windows having asked.
//!
//! Deliberately simple where being wrong errs on the safe side: a refusal counts only if it names the very
//! account that a later entry allows, or everybody; groups are not resolved, and conditions of conditional
//! entries count as met. Numbers are those of Windows' headers (Microsoft, "Access mask",
//! "Well-known SIDs").

const ADMINISTRATORS: &str = "S-1-5-32-544";
const SYSTEM: &str = "S-1-5-18";
const TRUSTED_INSTALLER: &str = "S-1-5-80-956008885-3418522649-1831038044-1853292631-2271478464";
/// Stands for whoever creates something inside, and matches nobody by itself.
const CREATOR_OWNER: &str = "S-1-3-0";
/// The owner, who is looked at separately.
const OWNER_RIGHTS: &str = "S-1-3-4";
const EVERYONE: &str = "S-1-1-0";

/// Wine keeps no owners and rights: it makes them up from those of the system below, always with this owner.
/// No account of Windows has a number of this domain, so nothing is lost by not believing it.
const MADE_UP: &str = "S-1-5-21-0-0-0-1000";

const WRITE_DATA: u32 = 0x2;
const APPEND_DATA: u32 = 0x4;
const DELETE_CHILD: u32 = 0x40;
const DELETE: u32 = 0x1_0000;
const WRITE_DAC: u32 = 0x4_0000;
const WRITE_OWNER: u32 = 0x8_0000;
const GENERIC_ALL: u32 = 0x1000_0000;
const GENERIC_WRITE: u32 = 0x4000_0000;

/// What lets somebody change a file, or make something in a folder.
pub(super) const CHANGE: u32 = WRITE_DATA | APPEND_DATA | GENERIC_WRITE | REPLACE;
/// What of the rights to a folder lets somebody take a file in it away and put another in its place. Making
/// a new file does not, and a file made in the place of none belongs to whoever made it.
pub(super) const REPLACE: u32 = DELETE_CHILD | DELETE | WRITE_DAC | WRITE_OWNER | GENERIC_ALL;

/// Owner and rights of a file or a folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Rights {
    /// The owner's SID in its text form.
    pub(super) owner: String,
    /// The entries in their order; `None`: there is no list, so everybody may do everything.
    pub(super) entries: Option<Vec<Entry>>,
}

/// An entry of a list of rights.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Entry {
    /// Whom it is about: a SID in its text form.
    pub(super) sid: String,
    /// What it is about: an access mask.
    pub(super) mask: u32,
    /// Allowed, or refused.
    pub(super) kind: EntryKind,
    /// Counts for what is made inside only.
    pub(super) inherit_only: bool,
}

/// What an [`Entry`] does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum EntryKind {
    /// Gives rights.
    Allow,
    /// Takes them away from the entries that follow.
    Deny,
}

impl Rights {
    /// Whether nobody but administrators has any right of `powers`, nor can give it to himself; `None` where
    /// the system keeps no rights.
    pub(super) fn only_administrators(&self, powers: u32) -> Option<bool> {
        (self.owner != MADE_UP).then(|| self.entries.as_deref().is_some_and(|all| self.is_safe(all, powers)))
    }

    fn is_safe(&self, entries: &[Entry], powers: u32) -> bool {
        // An owner may always change the list of rights.
        if !is_administrators(&self.owner) {
            return false;
        }
        let mut refused: Vec<(&str, u32)> = Vec::new();
        for entry in entries.iter().filter(|entry| !entry.inherit_only) {
            match entry.kind {
                EntryKind::Deny => refused.push((&entry.sid, entry.mask)),
                EntryKind::Allow if is_nobody_else(&entry.sid) => {}
                EntryKind::Allow => {
                    let about = |sid: &str| sid == entry.sid || sid == EVERYONE;
                    let refused = refused.iter().filter(|(sid, _)| about(sid));
                    let refused = refused.fold(0, |all, (_, mask)| all | mask);
                    if entry.mask & powers & !refused != 0 {
                        return false;
                    }
                }
            }
        }
        true
    }
}

fn is_administrators(sid: &str) -> bool {
    [ADMINISTRATORS, SYSTEM, TRUSTED_INSTALLER].contains(&sid)
}

fn is_nobody_else(sid: &str) -> bool {
    is_administrators(sid) || [CREATOR_OWNER, OWNER_RIGHTS].contains(&sid)
}

#[cfg(test)]
mod tests {
    use super::*;

    const USERS: &str = "S-1-5-32-545";
    const SOMEBODY: &str = "S-1-5-21-1-2-3-1001";
    const FULL: u32 = 0x1F_01FF;
    const READ: u32 = 0x12_00A9;
    const MODIFY: u32 = 0x13_01BF;

    fn entry(sid: &str, mask: u32, kind: EntryKind) -> Entry {
        Entry { sid: sid.to_owned(), mask, kind, inherit_only: false }
    }

    fn allow(sid: &str, mask: u32) -> Entry {
        entry(sid, mask, EntryKind::Allow)
    }

    fn deny(sid: &str, mask: u32) -> Entry {
        entry(sid, mask, EntryKind::Deny)
    }

    fn only_administrators(owner: &str, entries: Vec<Entry>) -> bool {
        let rights = Rights { owner: owner.to_owned(), entries: Some(entries) };
        rights.only_administrators(CHANGE).unwrap()
    }

    #[test]
    fn a_file_that_others_only_read_is_the_administrators_alone() {
        for owner in [ADMINISTRATORS, SYSTEM, TRUSTED_INSTALLER] {
            let entries = vec![allow(SYSTEM, FULL), allow(ADMINISTRATORS, FULL), allow(USERS, READ)];
            assert!(only_administrators(owner, entries), "{owner}");
        }
    }

    #[test]
    fn any_single_right_to_change_is_enough_to_lose_it() {
        for mask in [WRITE_DATA, APPEND_DATA, DELETE, WRITE_DAC, WRITE_OWNER, GENERIC_WRITE, GENERIC_ALL] {
            for sid in [USERS, EVERYONE, SOMEBODY, "S-1-5-11"] {
                assert!(!only_administrators(ADMINISTRATORS, vec![allow(sid, mask)]), "{sid} {mask:x}");
            }
        }
    }

    #[test]
    fn whoever_owns_it_can_give_himself_any_right() {
        assert!(!only_administrators(SOMEBODY, vec![allow(ADMINISTRATORS, FULL)]));
    }

    #[test]
    fn without_a_list_everybody_may_do_everything_and_by_an_empty_one_nobody() {
        let rights = Rights { owner: SYSTEM.to_owned(), entries: None };
        assert_eq!(rights.only_administrators(CHANGE), Some(false));
        assert!(only_administrators(SYSTEM, Vec::new()));
    }

    #[test]
    fn a_refusal_counts_for_those_it_names_and_only_in_front() {
        assert!(only_administrators(SYSTEM, vec![deny(USERS, MODIFY), allow(USERS, MODIFY)]));
        assert!(only_administrators(SYSTEM, vec![deny(EVERYONE, MODIFY), allow(USERS, MODIFY)]));
        assert!(!only_administrators(SYSTEM, vec![deny(SOMEBODY, MODIFY), allow(USERS, MODIFY)]));
        assert!(!only_administrators(SYSTEM, vec![deny(USERS, WRITE_DATA), allow(USERS, MODIFY)]));
        assert!(!only_administrators(SYSTEM, vec![allow(USERS, MODIFY), deny(USERS, MODIFY)]));
    }

    #[test]
    fn what_is_only_handed_down_and_what_names_the_owner_gives_nothing_to_others() {
        let handed_down = Entry { inherit_only: true, ..allow(USERS, FULL) };
        let entries = vec![handed_down, allow(CREATOR_OWNER, FULL), allow(OWNER_RIGHTS, FULL)];
        assert!(only_administrators(SYSTEM, entries));
        let handed_down = Entry { inherit_only: true, ..deny(USERS, FULL) };
        assert!(!only_administrators(SYSTEM, vec![handed_down, allow(USERS, FULL)]));
    }

    #[test]
    fn who_may_add_to_a_folder_cannot_replace_what_is_in_it() {
        let folder = |mask| Rights { owner: SYSTEM.to_owned(), entries: Some(vec![allow(USERS, mask)]) };
        assert_eq!(folder(READ | WRITE_DATA | APPEND_DATA).only_administrators(REPLACE), Some(true));
        assert_eq!(folder(DELETE_CHILD).only_administrators(REPLACE), Some(false));
        assert_eq!(folder(MODIFY).only_administrators(REPLACE), Some(false));
    }

    #[test]
    fn where_the_system_makes_rights_up_nothing_can_be_told() {
        let entries = Some(vec![allow(MADE_UP, FULL), allow(EVERYONE, READ)]);
        assert_eq!(Rights { owner: MADE_UP.to_owned(), entries }.only_administrators(CHANGE), None);
        assert!(!only_administrators(SYSTEM, vec![allow(MADE_UP, FULL)]));
    }
}
