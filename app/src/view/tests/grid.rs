//! That the window has one design system: no colour and no size is written down outside of it.

use std::path::Path;

use walkdir::WalkDir;

/// Whole and half points, shares of a whole and percents are no sizes of their own: hairlines, halves, how room is
/// divided.
const FREE: [&str; 5] = ["0.0", "0.5", "1.0", "2.0", "100.0"];

/// Every line of the window's code but its tests, with its place.
fn lines() -> Vec<(String, String)> {
    let view = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/view");
    let files = WalkDir::new(&view).into_iter().map(Result::unwrap);
    let code = files.filter(|file| file.path().extension().is_some_and(|extension| extension == "rs"));
    let mut lines = Vec::new();
    for file in code {
        let path = file.path().strip_prefix(&view).unwrap();
        if path.starts_with("tests") || path.starts_with("theme") {
            continue;
        }
        let text = std::fs::read_to_string(file.path()).unwrap();
        let code = text.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default();
        for (number, line) in code.lines().enumerate() {
            let line = line.split("//").next().unwrap_or_default();
            lines.push((format!("{}:{}", path.display(), number + 1), line.to_owned()));
        }
    }
    assert!(lines.len() > 1000, "the window's code is read");
    lines
}

/// Numbers with a point in them, as they are written; not those that say how many times, or which part.
fn decimals(line: &str) -> Vec<&str> {
    let of_word = |letter: char| letter.is_alphanumeric() || letter == '_' || letter == '.';
    let counted = line.replace(" * ", "*").replace("/ ", "/");
    let counts = |word: &str| counted.contains(&format!("{word}*")) || counted.contains(&format!("/{word}"));
    let words = line.split(|letter| !of_word(letter));
    let begins = |word: &str| word.starts_with(|letter: char| letter.is_ascii_digit());
    let is_decimal = |word: &str| begins(word) && word.contains('.') && word.parse::<f32>().is_ok();
    words.filter(|word| is_decimal(word) && !counts(word)).collect()
}

#[test]
fn sizes_are_steps_of_the_grid() {
    let is_size = |number: &str| !FREE.contains(&number) && !number.starts_with("0.");
    let strays: Vec<String> = lines()
        .iter()
        .flat_map(|(place, line)| decimals(line).into_iter().map(move |number| (place, number)))
        .filter(|(_, number)| is_size(number))
        .map(|(place, number)| format!("{place}: {number}"))
        .collect();
    assert!(strays.is_empty(), "not of view/theme: {strays:#?}");
}

#[test]
fn colours_come_from_the_palette() {
    let makes_colour = |line: &str| {
        let makers = ["from_rgb", "from_gray", "from_black", "from_white", "from_hex", "hex_color!"];
        let named = line.match_indices("Color32::").any(|(at, _)| {
            let name = &line[at + "Color32::".len()..];
            !name.starts_with("TRANSPARENT") && !name.starts_with("PLACEHOLDER")
        });
        named || makers.iter().any(|maker| line.contains(maker))
    };
    let lines = lines();
    let strays: Vec<_> = lines.iter().filter(|(_, line)| makes_colour(line)).collect();
    assert!(strays.is_empty(), "not of view/theme: {strays:#?}");
}

#[test]
fn fonts_and_heights_of_lines_come_from_the_type_scale() {
    let lines = lines();
    let strays: Vec<_> =
        lines.iter().filter(|(_, line)| line.contains("FontId::") || line.contains(".size(1")).collect();
    assert!(strays.is_empty(), "not of view/theme: {strays:#?}");
}
