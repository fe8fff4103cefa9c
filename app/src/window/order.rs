//! Which ways of drawing the window there are, and in which order they are tried.
//!
//! Pure: what this PC has comes from `renderer`, what happened at earlier starts from
//! `start`.

use serde::{Deserialize, Serialize};
use smarts_core::settings;

/// A way of drawing the window.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Renderer {
    /// Direct3D 12, which also works in software where there is no graphics card (Windows 10 and newer).
    Direct3d,
    /// OpenGL 2 or newer.
    Opengl,
    /// Direct3D 12 in software, whatever card there is: for a card that promises more than it keeps on a PC
    /// that is looked at from afar, where OpenGL is not enough.
    Direct3dSoftware,
}

impl Renderer {
    /// The one a person has chosen, if it was one.
    pub fn chosen(choice: settings::Renderer) -> Option<Self> {
        match choice {
            settings::Renderer::Auto => None,
            settings::Renderer::Direct3d => Some(Self::Direct3d),
            settings::Renderer::Opengl => Some(Self::Opengl),
        }
    }

    /// As in settings and files.
    pub fn name(self) -> &'static str {
        match self {
            Self::Direct3d => "direct3d",
            Self::Opengl => "opengl",
            Self::Direct3dSoftware => "direct3d_software",
        }
    }
}

/// All that are available: the chosen one first, then the others as they are listed; those that have
/// crashed after all that have not, the latest of them last. None is left out, for a window drawn in
/// another way is better than none.
pub fn order(choice: Option<Renderer>, crashed: &[Renderer], available: &[Renderer]) -> Vec<Renderer> {
    let mut order = available.to_vec();
    order.sort_by_key(|renderer| {
        let crash = crashed.iter().position(|crashed| crashed == renderer);
        (crash.map_or(0, |place| place + 1), Some(*renderer) != choice)
    });
    order
}

#[cfg(test)]
mod tests {
    use super::Renderer::{Direct3d, Direct3dSoftware, Opengl};
    use super::*;

    const WINDOWS: [Renderer; 3] = [Direct3d, Opengl, Direct3dSoftware];

    #[test]
    fn without_a_choice_the_usual_order_holds() {
        assert_eq!(order(None, &[], &WINDOWS), WINDOWS);
        assert_eq!(order(None, &[], &[Opengl]), [Opengl]);
        assert_eq!(order(None, &[], &[]), []);
    }

    #[test]
    fn the_chosen_one_comes_first_and_the_others_stay_as_a_way_out() {
        assert_eq!(order(Some(Opengl), &[], &WINDOWS), [Opengl, Direct3d, Direct3dSoftware]);
        assert_eq!(order(Some(Direct3d), &[], &WINDOWS), WINDOWS);
    }

    #[test]
    fn a_choice_that_is_not_available_changes_nothing() {
        assert_eq!(order(Some(Direct3d), &[], &[Opengl]), [Opengl]);
    }

    #[test]
    fn one_that_has_crashed_is_tried_last_even_if_it_was_chosen() {
        let after_crash = [Opengl, Direct3dSoftware, Direct3d];
        assert_eq!(order(None, &[Direct3d], &WINDOWS), after_crash);
        assert_eq!(order(Some(Direct3d), &[Direct3d], &WINDOWS), after_crash);
        assert_eq!(order(None, &[Direct3d], &[Opengl]), [Opengl]);
    }

    #[test]
    fn where_all_have_crashed_the_latest_of_them_is_last() {
        assert_eq!(order(None, &[Opengl, Direct3d], &WINDOWS), [Direct3dSoftware, Opengl, Direct3d]);
        assert_eq!(order(None, &[Direct3d, Opengl], &WINDOWS), [Direct3dSoftware, Direct3d, Opengl]);
    }
}
