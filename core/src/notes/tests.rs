use proptest::prelude::*;

use super::*;

fn text(text: &str) -> Vec<Run> {
    vec![Run::Text(text.to_owned())]
}

fn item(depth: usize, number: Option<&str>, words: &str) -> Block {
    Block::Item { depth, number: number.map(str::to_owned), runs: text(words) }
}

fn heading(words: &str) -> Block {
    Block::Heading(text(words))
}

fn paragraph(words: &str) -> Block {
    Block::Paragraph(text(words))
}

#[test]
fn headings_are_told_by_their_signs_or_by_the_list_that_follows() {
    let marked = "# Новое\n== Обмен ==\nПечать\n------\n";
    assert_eq!(read(marked), [heading("Новое"), heading("Обмен"), heading("Печать")]);
    assert_eq!(read("Исправлено:\n- обмен"), [heading("Исправлено:"), item(0, None, "обмен")]);
    assert_eq!(read("Обмен с 1С\n- быстрее"), [heading("Обмен с 1С"), item(0, None, "быстрее")]);
    assert_eq!(read("Стало лучше.\n- быстрее"), [paragraph("Стало лучше."), item(0, None, "быстрее")]);
    assert_eq!(read("Исправлено:\nобмен"), [paragraph("Исправлено:"), paragraph("обмен")]);
    assert_eq!(
        read("**Новое**\nПечать"),
        [Block::Heading(vec![Run::Bold("Новое".into())]), paragraph("Печать")]
    );
    let long = format!("{}:", "слово ".repeat(20).trim());
    assert_eq!(read(&format!("{long}\n- обмен"))[0], paragraph(&long), "nobody reads a heading that long");
}

#[test]
fn lists_may_count_and_lie_in_each_other() {
    let notes = "1. Обмен\n   - быстрее\n   - надёжнее\n     и с докачкой\n2) Печать\n\n• Прочее";
    let expected = [
        item(0, Some("1."), "Обмен"),
        item(1, None, "быстрее"),
        Block::Item {
            depth: 1,
            number: None,
            runs: vec![Run::Text("надёжнее".into()), Run::Text(" ".into()), Run::Text("и с докачкой".into())],
        },
        item(0, Some("2)"), "Печать"),
        item(0, None, "Прочее"),
    ];
    assert_eq!(read(notes), expected);
}

#[test]
fn what_only_looks_like_a_mark_stays_as_it_is() {
    for line in [
        "-5 °C",
        "#15 исправлено",
        "1.6.3 вышла",
        "29.10.2025 вышла",
        "2 * 3 * 4",
        "файл *.xml и **",
        "a[0](b)",
    ] {
        assert_eq!(read(line), [paragraph(line)]);
    }
    for line in ["Поле <Имя базы> и <value>", "если a < b, то b > a"] {
        assert_eq!(read(line), [paragraph(line)]);
    }
}

#[test]
fn bold_words_and_links_stand_within_lines() {
    let blocks = read("Стало **быстрее**: [подробнее](https://example.com/a) и https://example.com/b.");
    let link = |text: &str, url: &str| Run::Link { text: text.into(), url: url.parse().unwrap() };
    let expected = vec![
        Run::Text("Стало ".into()),
        Run::Bold("быстрее".into()),
        Run::Text(": ".into()),
        link("подробнее", "https://example.com/a"),
        Run::Text(" и ".into()),
        link("https://example.com/b", "https://example.com/b"),
        Run::Text(".".into()),
    ];
    assert_eq!(blocks, [Block::Paragraph(expected)]);
}

#[test]
fn addresses_and_paths_between_angle_brackets_stay() {
    let blocks = read("<p>См. <https://example.com/page> и <C:\\Базы> и <W:\\Базы> </p><o:p></o:p>");
    let expected = vec![
        Run::Text("См. ".into()),
        Run::Link {
            text: "https://example.com/page".into(),
            url: "https://example.com/page".parse().unwrap(),
        },
        Run::Text(" и <C:\\Базы> и <W:\\Базы>".into()),
    ];
    assert_eq!(blocks, [Block::Paragraph(expected.clone())]);
    assert_eq!(
        read("См. <https://example.com/page> и <C:\\Базы> и <W:\\Базы>"),
        [Block::Paragraph(expected)]
    );
}

#[test]
fn brackets_of_an_address_stay_with_it_and_those_around_it_do_not() {
    let shown = |notes: &str| {
        let blocks = read(notes);
        let links = blocks.iter().flat_map(Block::runs).filter(|run| matches!(run, Run::Link { .. }));
        links.map(|run| run.text().to_owned()).collect::<String>()
    };
    assert_eq!(shown("(см. https://example.com/a_(b)).").as_str(), "https://example.com/a_(b)");
    assert_eq!(shown("[https://example.com/a]").as_str(), "https://example.com/a");
    assert_eq!(shown(&format!("https://example.com/{}", "a".repeat(2000))).as_str(), "", "nobody types that");
}

#[test]
fn a_tag_that_only_hides_takes_nothing_along_that_is_no_part_of_it() {
    let words = "Поле <title> и <style> теперь заполняются";
    assert_eq!(read(words), [paragraph(words)]);
    assert_eq!(
        read("Поле <title> стало <b>лучше</b>"),
        [Block::Paragraph(vec![Run::Text("Поле <title> стало ".into()), Run::Bold("лучше".into())])]
    );
    let page = [paragraph("Новое")];
    assert_eq!(read("<html><head><title>Скрыто</title><p>Новое</p></html>"), page);
    assert_eq!(read("<html><head><meta name=a><style>p {}</style><p>Новое</p></head></html>"), page);
    assert_eq!(read("<HEAD>скрыто</HEAD><p>Новое</p>"), page);
}

#[test]
fn nothing_but_a_page_of_the_web_is_a_link() {
    for notes in [
        "[см.](file:///C:/Windows)",
        "[см.](javascript:alert)",
        "[см.](https://cleverence.ru@evil.example/)",
        "<p><a href=\"javascript:alert(1)\">см.</a></p>",
        "<p><a href=\"/relative\">см.</a></p>",
        "<p><a href=\"https://user:word@host.example/\">см.</a></p>",
    ] {
        let blocks = read(notes);
        let runs: Vec<&Run> = blocks.iter().flat_map(Block::runs).collect();
        assert!(!runs.iter().any(|run| matches!(run, Run::Link { .. })), "{notes}: {runs:?}");
        assert!(runs.iter().any(|run| run.text().contains("см.")), "{notes}: {runs:?}");
    }
}

#[test]
fn simple_html_becomes_headings_lists_and_paragraphs() {
    let html = "<!DOCTYPE html><head><title>Скрыто</title><style>p { color: red }</style></head>
        <h3>Новое &amp; важное</h3>
        <p>Стало <b>быстрее</b>&nbsp;&mdash;\n см. <a href='https://example.com/'>сайт</a>.</p>
        <ul><li>Обмен<ol start=3><li><p>Шаг</p></li><li>Ещё <script>alert('нет')</script>шаг</li></ol></li><li>Печать</ul>
        <img src=x onerror=alert(1)>Конец<br>Совсем";
    let expected = [
        heading("Новое & важное"),
        Block::Paragraph(vec![
            Run::Text("Стало ".into()),
            Run::Bold("быстрее".into()),
            Run::Text("\u{a0}— см. ".into()),
            Run::Link { text: "сайт".into(), url: "https://example.com/".parse().unwrap() },
            Run::Text(".".into()),
        ]),
        item(0, None, "Обмен"),
        item(1, Some("3."), "Шаг"),
        item(1, Some("4."), "Ещё шаг"),
        item(0, None, "Печать"),
        paragraph("Конец"),
        paragraph("Совсем"),
    ];
    assert_eq!(read(html), expected);
}

#[test]
fn typed_lines_keep_their_ends_where_tags_only_stand_within_them() {
    let notes = "Исправлено:\r\n- <b>обмен</b> документами\r\n- печать &laquo;ценников&raquo;";
    let expected = [
        heading("Исправлено:"),
        Block::Item {
            depth: 0,
            number: None,
            runs: vec![Run::Bold("обмен".into()), Run::Text(" документами".into())],
        },
        item(0, None, "печать «ценников»"),
    ];
    assert_eq!(read(notes), expected);
}

#[test]
fn a_copy_says_where_links_lead() {
    let blocks = read("# Новое\nСм. [сайт](https://example.com/)\nЕщё:\n1. раз\n  - два");
    assert_eq!(plain(&blocks), "Новое\nСм. сайт (https://example.com/)\n\nЕщё:\n1. раз\n  • два");
}

#[test]
fn a_line_of_nothing_but_marks_is_read_at_once() {
    let marks =
        ["**a ", "[", "[](", "http", "https://", "<b>", "- ", "<ul><li>", "&", "# ", "  - a\n", "<b> </b> "];
    for mark in marks.into_iter().chain(["http://:/", "<b> </b><i> </i>", "<head>", "<title>", "<http://a"]) {
        let notes = mark.repeat(64 * 1024 / mark.len());
        assert!(read(&notes).len() <= notes.len());
    }
    let brackets = format!("https://example.com/{}", ")".repeat(64 * 1024));
    assert_eq!(read(&brackets).len(), 1);
}

/// Letters alone: a number may become the mark of an item, and signs may be marks.
fn letters<'a>(texts: impl Iterator<Item = &'a str>) -> String {
    texts.flat_map(str::chars).filter(|letter| letter.is_alphabetic()).collect()
}

fn shown(blocks: &[Block]) -> String {
    letters(blocks.iter().flat_map(Block::runs).map(Run::text))
}

proptest! {
    #[test]
    fn any_text_is_read_and_leads_to_the_web_alone(notes in any::<String>()) {
        for run in read(&notes).iter().flat_map(Block::runs) {
            if let Run::Link { url, .. } = run {
                prop_assert!(matches!(url.scheme(), "http" | "https"));
                prop_assert!(url.username().is_empty() && url.password().is_none());
            }
        }
    }

    // Of x, y and z there is no tag.
    #[test]
    fn no_letter_of_a_plain_text_is_lost(
        lines in prop::collection::vec("[ \t]{0,4}(- |\\* |[0-9]{1,3}[.)] |# |== )?[а-яx-z0-9 *_:.#=<>\\-]{0,30}( ==)?", 0..12)
    ) {
        let notes = lines.join("\n");
        prop_assert_eq!(shown(&read(&notes)), letters(notes.lines()));
    }

    #[test]
    fn no_letter_between_tags_is_lost(
        pieces in prop::collection::vec(
            ("(<p>|<li>|<b>|</b>|</p>|<ul>|</ul>|<ol>|</ol>|<h3>|</h3>|<br>|<td>|<div>|<pre>|</pre>|<a href=\"https://a.example\">|</a>|<o:p>)", "[а-я &;.\n-]{0,12}"),
            1..20,
        )
    ) {
        let parts = pieces.iter().flat_map(|(tag, words)| [tag.clone(), words.replace('&', "&amp;")]);
        let html: String = parts.collect();
        let words = letters(pieces.iter().map(|(_, words)| words.as_str()));
        prop_assert_eq!(shown(&read(&html)), words);
    }
}
