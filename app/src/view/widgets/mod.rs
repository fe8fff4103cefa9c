//! The window's own widgets. Each is drawn with the colours and sizes of [`super::theme`] and has its role
//! and name in the accessibility tree.

pub(crate) mod button;
pub(crate) mod fields;
pub(crate) mod marks;
pub(crate) mod radio;
pub(crate) mod select;
pub(crate) mod spoken;
pub(crate) mod text;
