//! Declares the commands to Tauri's access control and makes sure that there is a page to embed.

use std::{env, error::Error, fs, path::Path};

#[path = "src/commands/names.rs"]
mod names;

/// What the window shows when the app was built without its page.
const PLACEHOLDER: &str = "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>Hearth</title>\
<h1>Hearth was built without its page</h1><p>Build it with <code>cargo xtask run</code>, or with <code>npm ci</code> and \
<code>npm run build</code> in <code>ui</code>, then build the app again.</p></html>\n";

fn main() -> Result<(), Box<dyn Error>> {
    ensure_page(Path::new("ui/dist"))?;
    println!("cargo:rerun-if-changed=ui/dist");
    println!("cargo:rerun-if-changed=src-tauri/capabilities");
    println!("cargo:rerun-if-changed=src-tauri/src/commands/names.rs");
    println!("cargo:rerun-if-changed=icons");
    let attributes = tauri_build::Attributes::new()
        .capabilities_path_pattern("src-tauri/capabilities/*.json")
        .app_manifest(tauri_build::AppManifest::new().commands(names::NAMES));
    tauri_build::try_build(attributes)?;
    Ok(())
}

/// A release must carry the real page. Checks and tests get a page that says what is missing, so that they do not need Node.
fn ensure_page(dist: &Path) -> Result<(), Box<dyn Error>> {
    let index = dist.join("index.html");
    let built = fs::read_to_string(&index).is_ok_and(|page| page != PLACEHOLDER);
    if built {
        return Ok(());
    }
    if env::var("PROFILE").is_ok_and(|profile| profile == "release") {
        return Err("The page is not built. Run `npm ci` and `npm run build` in ui/, or build with `cargo xtask bundle`.".into());
    }
    println!("cargo:warning=ui/dist has no page yet; the app will only say so. Run `npm ci` and `npm run build` in ui/.");
    fs::create_dir_all(dist)?;
    fs::write(index, PLACEHOLDER)?;
    Ok(())
}
