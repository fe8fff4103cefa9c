//! The window where there is no screen: one line that says what to use instead.

use crate::program::{Home, WINDOW};

#[test]
fn without_a_display_the_window_says_what_to_use_instead() {
    let home = Home::new();
    for (line, expected) in [
        (
            ["--lang", "ru"].as_slice(),
            "Нет экрана, на котором можно открыть окно. Всё то же можно сделать в командной строке: \
             smarts list, smarts check, smarts update.\n",
        ),
        (
            &["--demo", "--lang", "ru"],
            "Нет экрана, на котором можно открыть окно. То же без экрана: smarts --demo check\n",
        ),
    ] {
        let ran = home.run(WINDOW, line, "");
        assert_eq!((ran.status, ran.out.as_str(), ran.err.as_str()), (1, "", expected), "{line:?}");
    }
    assert_eq!(std::fs::read_dir(home.path()).unwrap().count(), 1, "nothing was begun");
}
