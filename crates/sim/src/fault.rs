//! What goes wrong, by name.

macro_rules! faults {
    ($($(#[doc = $doc:literal])+ $fault:ident = $name:literal,)+) => {
        /// A kind of fault.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Fault {
            $($(#[doc = $doc])+ $fault,)+
        }

        impl Fault {
            pub const ALL: &[Self] = &[$(Self::$fault),+];

            pub fn name(self) -> &'static str {
                match self { $(Self::$fault => $name,)+ }
            }
        }
    };
}

faults! {
    /// Everything takes seconds for a while.
    Delay = "delay",
    /// The connection breaks in the middle of frames.
    Cut = "cut",
    /// The server loses pushes while everybody is connected.
    PushLost = "push-lost",
    /// Hints get lost as well.
    HintLost = "hint-lost",
    /// A request or its answer is lost.
    RequestLost = "request-lost",
    /// An answer takes so long that the next connection is there first.
    LateAnswer = "late-answer",
    /// Nothing gets through for a while.
    Partition = "partition",
    /// Pages of a few rows.
    SmallPages = "small-pages",
    /// A page of history arrives long after the changes that follow it.
    SlowHistory = "slow-history",
    /// A device does not read its socket: its frames become hints.
    SlowReader = "slow-reader",
    /// The server is killed before a commit.
    CrashBefore = "crash-before-commit",
    /// The server is killed after a commit and before its answers.
    CrashAfter = "crash-after-commit",
    /// The server stops in peace and starts again.
    Restart = "restart",
    /// A backup replaces the server's database.
    Restore = "restore",
    /// The server gives up old messages, as its owner's policy says.
    Retention = "retention",
    /// The server has more to do than it takes.
    Busy = "server-busy",
    /// The server's disk is full for a while.
    ServerDisk = "server-disk-full",
    /// The server's disk answers a commit with an error: the process ends.
    Fsync = "server-fsync-error",
    /// The server forgets old tombstones and the change log.
    Tidy = "server-tidies-up",
    /// The app is killed between two effects.
    ClientCrash = "client-crash",
    /// The device loses power: what was not yet forced onto its disk is gone.
    PowerCut = "device-power-cut",
    /// The device's disk is full for a while.
    ClientDisk = "client-disk-full",
    /// The device's clock jumps.
    ClientClock = "client-clock",
    /// The server's clock jumps.
    ServerClock = "server-clock",
    /// The person signs out, and in again later.
    SignOut = "sign-out",
    /// Another device of the person appears.
    LateDevice = "late-device",
    /// Another device has an older build, which lacks a row kind, and is updated later.
    OldClient = "old-client",
}

impl Fault {
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|fault| fault.name() == name)
    }
}
