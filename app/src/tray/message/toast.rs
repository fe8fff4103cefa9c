//! Messages of Windows: toasts, which stay in the Action Center when nobody looks.
//!
//! Where there are none, as on servers without a desktop of their own, the icon alone must do, and the log says
//! so. The system reports little: a toast that the person has switched off counts as shown.

use std::path::{Path, PathBuf};

use windows::Data::Xml::Dom::XmlDocument;
use windows::UI::Notifications::{NotificationSetting, ToastNotification, ToastNotificationManager};
use windows::core::{HSTRING, Result};

use super::{APP_ID, toast_xml};
use crate::tray::notice::Message;
use crate::tray::{Outbox, pictures};

/// By these the system knows which toast another takes the place of.
const TAG: &str = "updates";
const GROUP: &str = "notice";

/// The messages of one person.
pub(in crate::tray) struct Messages {
    state_dir: PathBuf,
}

#[expect(clippy::unused_self, reason = "elsewhere there is a bus to be asked")]
impl Messages {
    pub(in crate::tray) fn new(state_dir: &Path, _: Outbox) -> Self {
        Self { state_dir: state_dir.to_path_buf() }
    }

    /// Whether there is a place for the icon. Windows puts it there once there is one.
    pub(in crate::tray) fn has_tray(&mut self) -> bool {
        true
    }

    /// Shows it; whether a click on it comes to this program, which it never does.
    pub(in crate::tray) fn show(&mut self, message: &Message, open: Option<&str>) -> bool {
        let picture = pictures::of_message(&self.state_dir, message.kind);
        let picture = picture.inspect_err(|error| tracing::warn!(%error, "The message has no picture")).ok();
        match show(&toast_xml::of(message, open, picture.as_deref())) {
            Ok(Some(setting)) if setting != NotificationSetting::Enabled => {
                tracing::info!(setting = setting.0, "Messages are switched off; the icon has to do");
            }
            Ok(_) => tracing::info!("Showed a message"),
            Err(error) => tracing::warn!(%error, "There are no messages here; the icon has to do"),
        }
        false
    }

    /// Takes it back, also out of the Action Center.
    pub(in crate::tray) fn withdraw(&mut self) {
        if let Err(error) = withdraw() {
            tracing::debug!(%error, "The message was not taken back");
        }
    }
}

/// What the person lets this program do; `None`: the system does not say.
fn show(xml: &str) -> Result<Option<NotificationSetting>> {
    let document = XmlDocument::new()?;
    document.LoadXml(&HSTRING::from(xml))?;
    let toast = ToastNotification::CreateToastNotification(&document)?;
    toast.SetTag(&HSTRING::from(TAG))?;
    toast.SetGroup(&HSTRING::from(GROUP))?;
    let notifier = ToastNotificationManager::CreateToastNotifierWithId(&HSTRING::from(APP_ID))?;
    notifier.Show(&toast)?;
    // Not before: of a program that comes without a package the system knows no setting until it has shown
    // something once, and says "element not found" (inferred from what others report).
    Ok(notifier.Setting().ok())
}

fn withdraw() -> Result<()> {
    let (tag, group, app) = (HSTRING::from(TAG), HSTRING::from(GROUP), HSTRING::from(APP_ID));
    ToastNotificationManager::History()?.RemoveGroupedTagWithId(&tag, &group, &app)
}
