//! Looking for something in files, as a thief would.

use anyhow::Result;
use base64::{
    Engine as _,
    engine::general_purpose::{STANDARD_NO_PAD, URL_SAFE_NO_PAD},
};
use std::{
    fs, io,
    path::{Path, PathBuf},
};

/// The files under `folder` that hold `secret`: as it is, as hexadecimal digits of either case, or as Base64 of either alphabet.
pub fn holds(folder: &Path, secret: &[u8]) -> Result<Vec<PathBuf>> {
    let lower: String = secret.iter().map(|byte| format!("{byte:02x}")).collect();
    let upper = lower.to_uppercase();
    let (standard, url_safe) = (STANDARD_NO_PAD.encode(secret), URL_SAFE_NO_PAD.encode(secret));
    let forms = [secret, lower.as_bytes(), upper.as_bytes(), standard.as_bytes(), url_safe.as_bytes()];
    let mut found = Vec::new();
    let mut waiting = vec![folder.to_path_buf()];
    while let Some(folder) = waiting.pop() {
        for entry in fs::read_dir(&folder)? {
            let entry = entry?;
            let kind = entry.file_type()?;
            if kind.is_dir() {
                waiting.push(entry.path());
            } else if kind.is_file() {
                // Programs that still run may take a file away between listing and reading: then it holds nothing.
                let bytes = match fs::read(entry.path()) {
                    Err(error) if error.kind() == io::ErrorKind::NotFound => continue,
                    read => read?,
                };
                if forms.iter().any(|form| !form.is_empty() && bytes.windows(form.len()).any(|window| window == *form)) {
                    found.push(entry.path());
                }
            }
        }
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn a_secret_is_found_in_any_writing_and_depth() {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir_all(folder.path().join("a/b")).unwrap();
        fs::write(folder.path().join("a/b/raw"), b"xx\x01\xabkyy").unwrap();
        fs::write(folder.path().join("a/hex"), b"{\"key\":\"01AB6B\"}").unwrap();
        fs::write(folder.path().join("base64"), b"key = Aatr").unwrap();
        fs::write(folder.path().join("clean"), b"01ab6c").unwrap();
        let mut found = holds(folder.path(), b"\x01\xabk").unwrap();
        found.sort();
        assert_eq!(found, [folder.path().join("a/b/raw"), folder.path().join("a/hex"), folder.path().join("base64")]);
    }
}
