//! Every case that opens the app's real window runs and gives figures. What they say is not looked at.
#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used)]

use hearth_bench::{CASES, Scale, WINDOWS, run};
use std::path::Path;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_case_with_a_window_gives_figures() {
    let folder = tempfile::tempdir().unwrap();
    let program = Path::new(env!("CARGO_BIN_EXE_hearth-bench"));
    let report = run(Scale::Tiny, None, &[WINDOWS.into()], program, folder.path(), |_| {}).await.unwrap();
    for case in CASES.iter().filter(|case| case.opens_windows()) {
        let figures: Vec<_> = report.figures().filter(|(name, _)| *name == case.name).collect();
        assert!(!figures.is_empty(), "{}", case.name);
        for (_, figure) in figures {
            assert!(figure.value.is_finite() && figure.value >= 0.0, "{}: {figure:?}", case.name);
        }
    }
    // The long use says how it went.
    let long: Vec<_> = report.figures().filter(|(name, figure)| *name == "window_memory" && !figure.series.is_empty()).collect();
    assert!(long.len() == 4 && long.iter().all(|(_, figure)| figure.series.len() >= 2), "{long:?}");
}
