//! What a thread keeps from seed to seed: its core, a runtime, and a replica for first syncs. Threads and prepared statements cost more
//! than what is done with them.

use crate::{
    template::{Template, scratch},
    violation::{Result, Violation},
};
use hearth_replica::Replica;
use std::{
    cell::{Cell, RefCell},
    rc::Rc,
};
use tempfile::TempDir;
use tokio::runtime::Runtime;

thread_local! {
    static BENCH: RefCell<Option<Rc<Bench>>> = const { RefCell::new(None) };
}

pub struct Bench {
    pub runtime: Runtime,
    fresh: RefCell<Option<Replica>>,
    made: Cell<u32>,
    folder: TempDir,
}

impl Bench {
    /// This thread's.
    pub fn here() -> Result<Rc<Self>> {
        if let Some(bench) = BENCH.with_borrow(Clone::clone) {
            return Ok(bench);
        }
        // Without input and output a waiting runtime sleeps on a lock, which is quicker than a poll.
        let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build();
        let runtime = runtime.map_err(|error| Violation::broken("the runtime", error))?;
        let bench = Rc::new(Self { runtime, fresh: RefCell::new(None), made: Cell::new(0), folder: scratch()? });
        BENCH.set(Some(bench.clone()));
        Ok(bench)
    }

    /// After a panic nothing of it can be trusted.
    pub fn forget() {
        BENCH.set(None);
    }

    /// An empty replica. Give it back to have it emptied rather than made the next time.
    pub async fn fresh(&self, template: &Template) -> Result<Replica> {
        let kept = self.fresh.take();
        if let Some(replica) = kept {
            replica.wipe().await?;
            return Ok(replica);
        }
        self.made.set(self.made.get() + 1);
        let path = self.folder.path().join(format!("fresh{}.db", self.made.get()));
        template.replica(&path)?;
        Replica::open_plain(&path).await.map_err(|error| Violation::broken("a fresh replica", error))
    }

    pub fn give_back(&self, replica: Replica) {
        self.fresh.replace(Some(replica));
    }
}

/// Keeps this thread, and those that its databases begin, on one core: they take turns, and waking another core costs more than the turn.
pub fn stay_on_core(n: usize) {
    #[cfg(target_os = "linux")]
    {
        let mut core = rustix::thread::CpuSet::new();
        core.set(n);
        // A machine that does not allow it is slower, and no less right.
        let _ = rustix::thread::sched_setaffinity(None, &core);
    }
    #[cfg(not(target_os = "linux"))]
    let _ = n;
}
