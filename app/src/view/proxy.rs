//! «Прокси просит пароль»: the password for this run of the program, typed unseen.

use egui::{Id, Margin, Sense, Stroke, StrokeKind, TextEdit, Ui, vec2};
use i18n_embed_fl::fl;
use smarts_core::http::login::Password;

use super::Scene;
use super::modal::{buttons, modal, offer_focus};
use super::theme::{self, RADIUS_CONTROL, SPACE_1_HALF, SPACE_3, SPACE_6, Type, steps};
use super::widgets::button::{Button, Look};
use super::widgets::text::paragraph;
use crate::model::{Action, ProxyAction, ProxyQuestion};

const WIDTH: f32 = steps(120);

pub(super) fn show(ui: &mut Ui, scene: &Scene<'_>, question: &ProxyQuestion, password: &Password) {
    let loader = scene.loader();
    let colors = theme::palette(ui);
    let title = fl!(loader, "proxy-dialog-title");
    modal(ui, scene, "proxy-password", &title, WIDTH, Action::CloseDialog, |ui| {
        ui.add_space(SPACE_1_HALF);
        let (proxy, user) = (question.proxy.to_string(), question.user.as_str());
        let text = fl!(loader, "proxy-dialog-text", proxy = proxy, user = user);
        paragraph(ui, text, Type::Body, colors.text);
        ui.add_space(SPACE_3);
        let mut typed = password.0.clone();
        let (rect, _) =
            ui.allocate_exact_size(vec2(ui.available_width(), theme::BUTTON_HEIGHT), Sense::hover());
        let id = Id::unique("proxy-password-field");
        let focused = ui.memory(|memory| memory.has_focus(id));
        let border = if focused { Stroke::new(2.0, colors.blue) } else { Stroke::new(1.0, colors.edge) };
        ui.painter().rect(rect, RADIUS_CONTROL, colors.surface, border, StrokeKind::Inside);
        let edit = TextEdit::singleline(&mut typed)
            .id(id)
            .password(true)
            .font(Type::Body.font())
            .text_color(colors.text)
            .frame(egui::Frame::NONE)
            .margin(Margin::ZERO)
            .align(egui::Align2::LEFT_CENTER)
            .desired_width(rect.width() - SPACE_6)
            .char_limit(500);
        let field = ui.put(rect.shrink2(vec2(SPACE_3, 1.0)), edit);
        let field = field.accessible_name(fl!(loader, "proxy-dialog-field"));
        offer_focus(ui, &field);
        let is_entered = field.lost_focus() && ui.input(|input| input.key_pressed(egui::Key::Enter));
        let is_empty = typed.is_empty();
        if typed != password.0 {
            scene.send(Action::Proxy(ProxyAction::Type(Password(typed))));
        }
        let (cancel, confirm) = (fl!(loader, "sheet-cancel"), fl!(loader, "proxy-dialog-use"));
        let drawn = [
            Button::new(&cancel).look(Look::Ghost),
            Button::new(&confirm).look(Look::Primary).dead(is_empty),
        ];
        let [cancel, confirm] = buttons(ui, "proxy-password", None, drawn);
        if cancel.clicked() {
            scene.send(Action::CloseDialog);
        }
        if !is_empty && (confirm.clicked() || is_entered) {
            scene.send(Action::Proxy(ProxyAction::Confirm));
        }
    });
}
