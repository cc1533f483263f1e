//! Every case that opens no window runs and gives figures; `windows.rs` has the others. What they say is not looked at: a test's machine is nobody's measure.
#![allow(clippy::unwrap_used)]

use hearth_bench::{CASES, Scale, run};
use std::path::Path;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_case_gives_figures() {
    let folder = tempfile::tempdir().unwrap();
    let program = Path::new(env!("CARGO_BIN_EXE_hearth-bench"));
    let report = run(Scale::Tiny, None, &[], program, folder.path(), |_| {}).await.unwrap();
    for case in CASES.iter().filter(|case| !case.opens_windows()) {
        let figures: Vec<_> = report.figures().filter(|(name, _)| *name == case.name).collect();
        assert!(!figures.is_empty(), "{}", case.name);
        for (_, figure) in figures {
            assert!(figure.value.is_finite() && figure.value >= 0.0, "{}: {figure:?}", case.name);
        }
    }
    let json: serde_json::Value = serde_json::from_str(&report.json().unwrap()).unwrap();
    assert_eq!(json["figures"].as_array().unwrap().len(), report.figures().count());
}

#[tokio::test]
async fn a_case_that_is_not_there_is_named() {
    let error = run(Scale::Tiny, None, &["aply".into()], Path::new(""), Path::new(""), |_| {}).await.unwrap_err();
    assert!(error.to_string().contains("aply") && error.to_string().contains("apply"), "{error}");
}
