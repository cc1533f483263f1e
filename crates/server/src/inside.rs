//! The simulator's door: a server without a network. Real actions, committer and fanout on a real database; whoever opens it says what
//! time it is, and when what waits is done. Compiled for the simulator alone.

mod accounts;

pub use crate::{commit::Waiting, store::session::Session};
pub use accounts::{AccountStanding, FIRST_PASSWORD};

use crate::{
    actions::{self, Admission, Command, CreateAccount, ImportConversation},
    app::App,
    challenges::Challenges,
    clock,
    commit::{Committed, Request},
    config::Config,
    fanout::{End, Fanout, SocketFrames},
    installation::Installation,
    jobs,
    passwords::hash_quickly,
    pictures::Pictures,
    post::Post,
    providers::Providers,
    routes,
    seen::Seen,
    server::StartError,
    settings::Settings,
    short_lived::ShortLived,
    store::{
        SHARD, account::NewAccount, block, contact, group_membership, membership, profile, retention, scheduled, session, stream, version,
    },
    tickets::Tickets,
};
use futures::FutureExt as _;
use hearth_protocol::{
    Millis, Pos,
    account::Device,
    digest::{DigestsRequest, DigestsResponse},
    error::ApiError,
    frame::ServerFrame,
    ids::{ConversationId, DeviceId, Epoch, GroupId, MutationId, SessionId, UserId},
    mutation::Mutation,
    mutations::{AddGroupMembers, CreateChannel, CreateDirect, CreateGroup, Intent},
    profile::{Privacy, ProfilesRequest, ProfilesResponse},
    role::Role,
    rows::AccountRow,
    stream::StreamId,
    sync::{HeadsRequest, HeadsResponse, HistoryPage, PullRequest, PullResponse, Watermark},
    version::SPOKEN,
};
use std::collections::{BTreeMap, BTreeSet};
use tokio::sync::{Notify, mpsc};

/// Sets the clock of the servers on this thread; `None`: the computer's again.
pub fn set_clock(now: Option<Millis>) {
    clock::set::set(now);
}

/// A server that does nothing by itself.
pub struct Inside {
    app: App,
    published: mpsc::Receiver<Committed>,
    testified: u64,
}

/// The server's end of one socket. Dropping it closes it.
pub struct Wire {
    pub session: Session,
    frames: SocketFrames,
}

impl Wire {
    /// The next frame that is there already, as it travels.
    pub fn ready(&mut self) -> Option<String> {
        self.frames.ready().map(|text| text.as_str().to_owned())
    }

    /// Whether the server wants this socket closed, and what it says last; without words see [`Inside::why_revoked`].
    pub fn ended(&self) -> Option<Option<ServerFrame>> {
        self.frames.ended().now_or_never().map(|end| match end {
            End::Revoked => None,
            End::Bye { retry_ms } => Some(ServerFrame::Bye { retry_ms, error: None }),
        })
    }
}

impl Inside {
    pub async fn start(config: &Config) -> Result<Self, StartError> {
        let (installation, published) = Installation::open_published(config).await?;
        let newest = installation.newest().await?;
        // They would look at the machine's clock.
        let mut unhurried = config.limits.clone();
        unhurried.lift_rates();
        let app = App {
            fanout: Fanout::new(installation.epoch(), newest, config.limits.socket_frames_max, config.faults.clone()),
            tickets: Tickets::default(),
            challenges: Challenges::default(),
            set_ups: ShortLived::default(),
            providers: Providers::new(&[])?,
            settings: Settings::new(&Config { limits: unhurried, ..config.clone() }),
            pictures: Pictures::default(),
            people_seen: Seen::default(),
            sessions_seen: Seen::default(),
            limits: config.limits.clone(),
            set_up_code: None,
            mail: false,
            // Nobody here asks for a code.
            post: Post::open().0,
            erasure: Notify::new(),
            origins: Vec::new(),
            installation,
        };
        Ok(Self { testified: app.installation.testimony.n, app, published })
    }

    /// Finishes what is queued, lets the witness see it, and closes the database.
    pub async fn stop(self) {
        let Self { app, published, .. } = self;
        drop(published);
        app.installation.close().await;
    }

    pub fn epoch(&self) -> Epoch {
        self.app.epoch()
    }

    /// An account with the password that everybody has in here.
    pub async fn add_person(&self, username: &str, role: Role) -> Result<AccountRow, ApiError> {
        let account = NewAccount {
            id: UserId::new(),
            username: username.into(),
            username_key: username.into(),
            first_name: username.to_uppercase(),
            last_name: "Example".into(),
            search_key: username.into(),
            password_hash: Some(hash_quickly(FIRST_PASSWORD)?),
            role,
            role_waits: None,
            email: None,
            external: None,
            created_at: clock::now(),
        };
        let row = account.row();
        let command = Command::CreateAccount(Box::new(CreateAccount { account, admission: Admission::Import }));
        self.perform(row.user, command).await?;
        Ok(row)
    }

    pub async fn add_group(&self, owner: UserId, name: &str, members: BTreeSet<UserId>) -> Result<ConversationId, ApiError> {
        let conversation = ConversationId::new();
        let command = ImportConversation { conversation, name: name.into(), topic: String::new(), members };
        self.perform(owner, Command::ImportConversation(command)).await?;
        Ok(conversation)
    }

    /// A group with these people and a public channel.
    pub async fn add_team(&self, owner: UserId, people: BTreeSet<UserId>) -> Result<(), ApiError> {
        let (group, conversation) = (GroupId::new(), ConversationId::new());
        let (name, about, topic) = (String::from("a team"), String::new(), String::new());
        let channel = CreateChannel { group, conversation, name: name.clone(), topic, private: false, members: BTreeSet::new() };
        let intents = [CreateGroup { group, name, about }.into(), AddGroupMembers { group, people }.into(), Intent::from(channel)];
        for intent in intents {
            self.perform(owner, Command::Intent(intent)).await?;
        }
        Ok(())
    }

    async fn perform(&self, actor: UserId, command: Command) -> Result<(), ApiError> {
        let request = Request { id: MutationId::new(), actor, after: None, command, at: None };
        self.app.installation.committer.perform(actor, request).await.map(|_| ())
    }

    /// Who is in which group now.
    pub async fn groups(&self) -> Result<Vec<(UserId, GroupId)>, ApiError> {
        Ok(group_membership::everybody(&mut *self.app.store().snapshot().await?).await?)
    }

    /// Who owns which group now.
    pub async fn owners(&self) -> Result<Vec<(UserId, GroupId)>, ApiError> {
        Ok(group_membership::owners(&mut *self.app.store().snapshot().await?).await?)
    }

    /// Who is in which conversation now, channels included, and which places `[from, to)` of it they may see.
    pub async fn sights(&self) -> Result<Vec<(UserId, ConversationId, Vec<(Pos, Option<Pos>)>)>, ApiError> {
        let mut snapshot = self.app.store().snapshot().await?;
        let mut sights = Vec::new();
        for (user, conversation) in membership::everybody(&mut snapshot).await? {
            if let Some(sight) = membership::sight(&mut snapshot, StreamId::Conversation(conversation), user).await? {
                let spans = sight.windows.spans().iter().map(|span| (span.from, span.to)).collect();
                sights.push((user, conversation, spans));
            }
        }
        Ok(sights)
    }

    /// Gives up messages written before `before`, as the hourly job does.
    pub async fn retain(&self, before: Millis) -> Result<(), ApiError> {
        Ok(jobs::retain(&self.app, before).await?)
    }

    /// Sends what people have scheduled and is due, as the job does every second. Returns whether there was anything to do.
    pub async fn send_scheduled(&self) -> Result<bool, ApiError> {
        Ok(jobs::schedule::send_due(&self.app, clock::now()).await?)
    }

    /// What people have scheduled and was sent, with its place; without one where it is kept no longer.
    pub async fn sent_scheduled(&self) -> Result<Vec<(UserId, MutationId, Option<Pos>)>, ApiError> {
        Ok(scheduled::sent(&mut *self.app.store().snapshot().await?).await?)
    }

    /// From where on conversations are kept, but where all is.
    pub async fn retained(&self) -> Result<Vec<(ConversationId, Pos)>, ApiError> {
        Ok(retention::all(&mut *self.app.store().snapshot().await?).await?)
    }

    /// Messages of which not each text is kept that they had before, or one although they say nothing any more.
    pub async fn odd_versions(&self) -> Result<Vec<MutationId>, ApiError> {
        Ok(version::odd(&mut *self.app.store().snapshot().await?).await?)
    }

    /// Who is whose contact, and who has blocked whom.
    pub async fn circles(&self) -> Result<[BTreeSet<(UserId, UserId)>; 2], ApiError> {
        let mut snapshot = self.app.store().snapshot().await?;
        Ok([contact::all(&mut snapshot).await?, block::all(&mut snapshot).await?])
    }

    /// A session that nobody's list of devices tells of.
    pub async fn look_in(&self, user: UserId, device: DeviceId) -> Result<Session, ApiError> {
        let session = Session { id: SessionId::new(), user, device };
        let device = Device { id: device, name: "sim".into(), platform: "sim".into() };
        let mut transaction = self.app.store().write().await?;
        if !session::insert(&mut transaction, session, &token_hash(session.id), &device, clock::now()).await? {
            return Err(ApiError::deactivated(false));
        }
        transaction.commit().await?;
        Ok(session)
    }

    /// Ends a session that was not listed.
    pub async fn end_unseen(&self, session: Session) -> Result<(), ApiError> {
        let mut transaction = self.app.store().write().await?;
        session::end(&mut transaction, session.id, clock::now()).await?;
        Ok(transaction.commit().await?)
    }

    pub async fn sign_out(&self, session: Session) -> Result<(), ApiError> {
        actions::sign_out(&self.app, session).await
    }

    /// What the routes ask before anything else.
    async fn authenticate(&self, session: Session) -> Result<(), ApiError> {
        let mut look = self.app.store().look().await?;
        if session::good(&mut look, &[session.id]).await?.contains(&session.id) {
            return Ok(());
        }
        Err(routes::unauthorized(session::ending(&mut look, session.id).await?))
    }

    /// Opens a socket's queue; the frame is the welcome.
    pub async fn connect(&self, session: Session) -> Result<(ServerFrame, Wire), ApiError> {
        self.authenticate(session).await?;
        let frames = self.app.fanout.open(session.user, session.id)?;
        let watermark = Watermark::from([(SHARD, self.app.installation.newest().await?)]);
        let welcome = ServerFrame::Welcome { proto: SPOKEN.1, epoch: self.epoch(), watermark, now: clock::now() };
        Ok((welcome, Wire { session, frames }))
    }

    /// Puts a batch into the committer's queue: what is submitted before the first answer shares a commit.
    pub fn submit(&self, session: Session, mutations: Vec<Mutation>) -> Result<Waiting, ApiError> {
        self.app.installation.committer.submit_mutations(session.user, mutations)
    }

    /// The same for the taking back of mutations.
    pub fn submit_cancels(&self, session: Session, ids: Vec<MutationId>) -> Result<Waiting, ApiError> {
        self.app.installation.committer.submit_cancels(session.user, ids)
    }

    /// Fills the committer's queue: until it takes its next batch, whoever comes is told to come later. What is given back ends when all
    /// of that has been taken: unless it is waited for, chance that is not the seed's says whom the rest meets.
    pub fn clog(&self) -> impl Future<Output = ()> + use<> {
        let nobody = UserId::new();
        let nothing = Intent::CreateDirect(CreateDirect { conversation: ConversationId::direct(nobody, nobody), peer: nobody });
        let request = |_| {
            let command = Command::Intent(nothing.clone());
            Request { id: MutationId::new(), actor: nobody, after: None, command, at: None }
        };
        let clogged = self.app.installation.committer.submit(nobody, (0..self.app.limits.commit_queue_max).map(request).collect());
        async move {
            for answer in clogged.unwrap_or_default() {
                // That nobody cannot do so is no news.
                let _ = answer.await;
            }
        }
    }

    /// Hands what was committed to the sockets' queues.
    pub async fn publish(&mut self) {
        // The committer answers first and publishes then: it gets its turns to do so.
        for _ in 0..4 {
            tokio::task::yield_now().await;
        }
        while let Ok(committed) = self.published.try_recv() {
            jobs::publish_one(&self.app, committed).await;
        }
    }

    /// Why the storage failed, if it has: the process would end now.
    pub fn failure(&self) -> Option<String> {
        self.app.installation.committer.failure()
    }

    pub async fn heads(&self, session: Session, request: &HeadsRequest) -> Result<HeadsResponse, ApiError> {
        self.authenticate(session).await?;
        actions::list_heads(&self.app, session, request).await
    }

    pub async fn pull(&self, session: Session, request: &PullRequest) -> Result<PullResponse, ApiError> {
        self.authenticate(session).await?;
        actions::pull(&self.app, session, request).await
    }

    pub async fn digests(&self, session: Session, request: &DigestsRequest) -> Result<DigestsResponse, ApiError> {
        self.authenticate(session).await?;
        actions::list_digests(&self.app, session, request).await
    }

    pub async fn profiles(&self, session: Session, request: &ProfilesRequest) -> Result<ProfilesResponse, ApiError> {
        self.authenticate(session).await?;
        actions::list_profiles(&self.app, session, request).await
    }

    /// Who hides what of their profile now.
    pub async fn privacies(&self) -> Result<BTreeMap<UserId, Privacy>, ApiError> {
        let stored = profile::all(&mut *self.app.store().snapshot().await?).await?;
        Ok(stored.into_iter().map(|(user, profile)| (user, profile.said.privacy)).collect())
    }

    pub async fn history(
        &self,
        session: Session,
        conversation: ConversationId,
        before_pos: Pos,
        limit: u32,
    ) -> Result<HistoryPage, ApiError> {
        self.authenticate(session).await?;
        actions::read_history(&self.app, session, conversation, Some(before_pos), limit).await
    }

    /// One round of reading the change log; the witness follows.
    pub async fn tail(&mut self) {
        if let Err(error) = jobs::read_log(&self.app).await {
            tracing::warn!(%error, "the change log could not be read");
        }
        let told = self.app.fanout.told();
        if told > self.testified {
            self.testified = told;
            self.app.installation.testify(told);
        }
    }

    /// Forgets at once what is kept for 90 days, tombstones and the change log: whoever is behind takes new copies.
    pub async fn forget(&self) -> Result<(), ApiError> {
        jobs::purge_tombstones(&self.app, Millis::MAX).await?;
        let newest = self.app.installation.newest().await?;
        jobs::prune_log(&self.app, newest).await?;
        let mut transaction = self.app.store().write().await?;
        stream::raise_floors(&mut transaction).await?;
        Ok(transaction.commit().await?)
    }

    /// One heartbeat.
    pub async fn beat(&self) {
        jobs::beat_once(&self.app).await;
    }

    /// Ends every socket with a goodbye, as a server that stops does.
    pub fn say_goodbye(&self, retry_ms: u64) {
        self.app.fanout.close(End::Bye { retry_ms });
    }
}

/// Nobody shows a token in here; the column wants one for each session.
fn token_hash(session: SessionId) -> [u8; 32] {
    crate::secret::hash(&session.to_string())
}
