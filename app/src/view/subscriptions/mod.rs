//! The tab «Подписки».
use egui::Ui;

use super::Scene;
use crate::model::subscriptions::SubscriptionDialog;

pub(super) fn dialog(_ui: &mut Ui, _scene: &Scene<'_>, _dialog: &SubscriptionDialog) {}
