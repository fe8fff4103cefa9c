//! Gives the Windows programs their icon, version and manifest, and the linker's protections; unpacks the
//! pictures of the notification area, so that the stub needs no code for that.

use std::env;
use std::error::Error;
use std::fs::{self, File};
use std::io::BufReader;
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

/// Sides of the icons in the notification area; each size is a file of them, one below the other.
const TRAY_SIZES: [u32; 4] = [16, 24, 32, 48];

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo:rerun-if-changed=build.rs");
    println!("cargo:rerun-if-changed=../assets/windows");
    println!("cargo:rerun-if-changed=../assets/icons/app.ico");
    println!("cargo:rerun-if-changed=../assets/icons/tray");
    let assets_dir = PathBuf::from(env::var("CARGO_MANIFEST_DIR")?).join("../assets");
    let out_dir = PathBuf::from(env::var("OUT_DIR")?);
    for name in TRAY_SIZES.iter().flat_map(|size| [format!("icons-{size}"), format!("counts-{size}")]) {
        let picture_path = assets_dir.join("icons/tray").join(format!("{name}.png"));
        fs::write(out_dir.join(format!("{name}.rgba")), pixels(&picture_path)?)?;
    }
    if env::var("CARGO_CFG_TARGET_OS")? != "windows" {
        return Ok(());
    }
    if env::var("CARGO_CFG_TARGET_ENV")? == "gnu" {
        // What Microsoft's linker does by itself.
        println!("cargo:rustc-link-arg-bins=-Wl,--dynamicbase,--nxcompat,--high-entropy-va");
    }
    let template = fs::read_to_string(assets_dir.join("windows/program.rc"))?;
    for program in &PROGRAMS {
        let resources_path = out_dir.join(format!("{}.rc", program.binary));
        fs::write(&resources_path, resources(&template, program, &assets_dir)?)?;
        embed_resource::compile_for(&resources_path, [program.binary], embed_resource::NONE)
            .manifest_required()?;
    }
    Ok(())
}

/// Red, green, blue and opacity of each pixel, row by row.
fn pixels(path: &Path) -> Result<Vec<u8>, Box<dyn Error>> {
    let mut reader = png::Decoder::new(BufReader::new(File::open(path)?)).read_info()?;
    let mut pixels = vec![0; reader.output_buffer_size().ok_or("a picture that is too large")?];
    let info = reader.next_frame(&mut pixels)?;
    if (info.color_type, info.bit_depth) != (png::ColorType::Rgba, png::BitDepth::Eight) {
        return Err(format!("{} is not of four times eight bits", path.display()).into());
    }
    Ok(pixels)
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
