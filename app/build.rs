//! Gives the Windows programs their icon, version and manifest, and the linker's protections.
//!
//! Nothing is done, and nothing needed, where the target is not Windows.

use std::env;
use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};

/// A program as cargo, Windows and a person call it.
struct Program {
    binary: &'static str,
    file: &'static str,
    description: &'static str,
}

const PROGRAMS: [Program; 3] = [
    Program {
        binary: "mobile-smarts-updater",
        file: "MobileSMARTSUpdater.exe",
        description: "Обновления Mobile SMARTS",
    },
    Program {
        binary: "smarts-tray",
        file: "SmartsTray.exe",
        description: "Обновления Mobile SMARTS: сообщение о новом",
    },
    Program {
        binary: "smarts",
        file: "smarts.exe",
        description: "Обновления Mobile SMARTS: командная строка",
    },
];

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo:rerun-if-changed=build.rs");
    println!("cargo:rerun-if-changed=../assets/windows");
    println!("cargo:rerun-if-changed=../assets/icons/app.ico");
    if env::var("CARGO_CFG_TARGET_OS")? != "windows" {
        return Ok(());
    }
    if env::var("CARGO_CFG_TARGET_ENV")? == "gnu" {
        // What Microsoft's linker does by itself.
        println!("cargo:rustc-link-arg-bins=-Wl,--dynamicbase,--nxcompat,--high-entropy-va");
    }
    let assets_dir = PathBuf::from(env::var("CARGO_MANIFEST_DIR")?).join("../assets");
    let out_dir = PathBuf::from(env::var("OUT_DIR")?);
    let template = fs::read_to_string(assets_dir.join("windows/program.rc"))?;
    for program in &PROGRAMS {
        let resources_path = out_dir.join(format!("{}.rc", program.binary));
        fs::write(&resources_path, resources(&template, program, &assets_dir)?)?;
        embed_resource::compile_for(&resources_path, [program.binary], embed_resource::NONE)
            .manifest_required()?;
    }
    Ok(())
}

fn resources(template: &str, program: &Program, assets_dir: &Path) -> Result<String, Box<dyn Error>> {
    let version = env::var("CARGO_PKG_VERSION")?;
    let numbers = ["MAJOR", "MINOR", "PATCH"]
        .map(|part| env::var(format!("CARGO_PKG_VERSION_{part}")))
        .into_iter()
        .collect::<Result<Vec<_>, _>>()?;
    // A backslash would be an escape there.
    let path = |name: &str| assets_dir.join(name).display().to_string().replace('\\', "/");
    let words = [
        ("@ICON@", path("icons/app.ico")),
        ("@MANIFEST@", path("windows/program.manifest")),
        ("@NUMBERS@", format!("{},0", numbers.join(","))),
        ("@VERSION@", version),
        ("@NAME@", program.binary.to_owned()),
        ("@FILE@", program.file.to_owned()),
        ("@DESCRIPTION@", program.description.to_owned()),
    ];
    Ok(words.iter().fold(template.to_owned(), |text, (word, value)| text.replace(word, value)))
}
