//! What runs beside the requests, one loop each, until the server stops.

pub(crate) mod erase;
pub(crate) mod media;
pub(crate) mod schedule;

use crate::{
    actions::{self, Command, Retain},
    app::App,
    clock,
    commit::{Committed, Request, Scope},
    store::{
        SHARD, StoreError, change_log, code, group, group_member, invite_link, member, mutation, own_mark, profile, retention,
        server_invite, session, tombstone,
    },
};
use hearth_protocol::{
    Millis,
    ids::{ConversationId, GroupId, MutationId, SessionId, UserId},
    limits,
    rows::RowData,
    rule::{Rule, holds},
    stream::StreamId,
    sync::Watermark,
};
use sqlx::AnyConnection;
use std::{
    collections::{BTreeSet, HashSet},
    sync::Arc,
    time::Duration,
};
use tokio::{
    sync::{mpsc, watch},
    time::{Instant, MissedTickBehavior, interval_at},
};

/// Entries of the change log read at a time.
const ENTRIES_PER_READ: u32 = 2_000;
/// Entries that the change log keeps: a client that missed more gets full heads.
const ENTRIES_KEPT: u64 = 1_000_000;
/// Results of mutations are kept so long (those of messages for ever).
const RESULTS_KEPT_MS: i64 = 90 * DAY_MS;
/// Tombstones are kept so long: a replica that was away for longer fetches its conversations anew.
const TOMBSTONES_KEPT_MS: i64 = 90 * DAY_MS;
/// Ended sessions are forgotten after so long.
const SESSIONS_KEPT_MS: i64 = 30 * DAY_MS;
const DAY_MS: i64 = 24 * 60 * 60 * 1_000;
/// Of a crowd that comes at once so many are noted at a time: messages wait for none of them longer.
const SEEN_PER_COMMIT: usize = 500;
const RENEW_EVERY: Duration = Duration::from_secs(2 * 60);
const TIDY_EVERY: Duration = Duration::from_secs(60 * 60);

/// In whose name the server does what only it asks for.
fn nobody() -> UserId {
    UserId(uuid::Uuid::nil())
}

/// Runs `work` every so often until the server stops.
async fn every<F: Future<Output = ()>>(period: Duration, mut stop: watch::Receiver<bool>, mut work: impl FnMut() -> F) {
    let mut ticks = interval_at(Instant::now() + period, period);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        let stopped = tokio::select! {
            _ = ticks.tick() => false,
            _ = stop.wait_for(|stop| *stop) => true,
        };
        if stopped {
            return;
        }
        work().await;
    }
}

/// Hands what was committed to the fanout.
pub(crate) async fn publish(app: Arc<App>, mut published: mpsc::Receiver<Committed>) {
    while let Some(committed) = published.recv().await {
        publish_one(&app, committed).await;
    }
}

/// Hands one batch to the fanout, and tells those to whom profiles look different after it.
pub(crate) async fn publish_one(app: &App, mut committed: Committed) {
    let changed = std::mem::take(&mut committed.profiles);
    let mut people = company(&committed);
    app.fanout.publish(committed);
    for user in changed {
        let around = async { profile::everybody_around(&mut *app.store().snapshot().await?, user).await };
        match around.await {
            Ok(around) => people.extend(around),
            // They ask by themselves every few minutes.
            Err(error) => tracing::warn!(%error, "nobody could be told of a changed profile"),
        }
    }
    app.fanout.unwatch(&people);
    app.fanout.hint_profiles(people);
}

/// Those who share something with others than before: who joined or left, and whom they met or left behind.
fn company(committed: &Committed) -> BTreeSet<UserId> {
    let mut people = BTreeSet::new();
    for moved in &committed.moves {
        let joins = moved.rows.iter().any(|row| {
            matches!(
                row.data,
                RowData::Membership(_)
                    | RowData::GroupMembership(_)
                    | RowData::Member(_)
                    | RowData::GroupMember(_)
                    | RowData::Contact(_)
                    | RowData::Block(_)
            )
        });
        // Who is blocked is in nobody's audience, and sees less.
        people.extend(moved.rows.iter().filter_map(|row| if let RowData::Block(row) = &row.data { Some(row.person.user) } else { None }));
        if joins && moved.audience.viewers.len() <= limits::PROFILES_MEMBERS_MAX {
            people.extend(moved.audience.viewers.iter().map(|viewer| viewer.user));
        }
    }
    people
}

/// Reads the change log for what nobody was told: commits of other processes, and pushes that were lost.
pub(crate) async fn tail(app: Arc<App>, stop: watch::Receiver<bool>) {
    let mut testified = app.installation.testimony.n;
    every(Duration::from_millis(app.limits.tail_ms), stop, || {
        let app = app.clone();
        let last = testified;
        // The witness follows the log as well, so that a restored backup is noticed.
        testified = last.max(app.fanout.told());
        async move {
            if let Err(error) = read_log(&app).await {
                tracing::warn!(%error, "the change log could not be read; it will be tried again");
            }
            let told = app.fanout.told();
            if told > last {
                let installation = app.installation.clone();
                let _ = tokio::task::spawn_blocking(move || installation.testify(told)).await;
            }
        }
    })
    .await;
}

/// Hints at what the change log has and nobody was told.
pub(crate) async fn read_log(app: &App) -> Result<(), StoreError> {
    while holds(Rule::TailLog) {
        let mut snapshot = app.store().snapshot().await?;
        let entries = change_log::after(&mut snapshot, app.fanout.told(), ENTRIES_PER_READ).await?;
        let more = entries.len() == ENTRIES_PER_READ as usize;
        let mut moved = HashSet::new();
        for entry in app.fanout.untold(&entries) {
            let (group, audience) = audience(&mut snapshot, entry.stream).await?;
            match entry.stream {
                StreamId::Members(id) => app.fanout.keep_only(Scope::Conversation(id), &audience),
                StreamId::Group(id) => app.fanout.keep_only(Scope::Group(id), &audience),
                StreamId::User(_) | StreamId::Conversation(_) | StreamId::Receipts(_) => {}
            }
            app.fanout.hint(entry, group, audience);
            if let StreamId::User(user) = entry.stream {
                moved.extend(app.fanout.sessions_of(user));
            }
        }
        // Another process may have ended them with it.
        revoke(app, &mut snapshot, moved.into_iter().collect()).await?;
        // Only now: a heartbeat vouches for what was told.
        if let Some(last) = entries.last() {
            app.fanout.caught_up(last.n);
        }
        if !more {
            break;
        }
    }
    Ok(())
}

/// Everybody who may see a stream now, and the group that it closes with.
pub(crate) async fn audience(connection: &mut AnyConnection, stream: StreamId) -> Result<(Option<GroupId>, Vec<UserId>), StoreError> {
    match stream {
        StreamId::User(user) => Ok((None, vec![user])),
        StreamId::Group(id) => Ok((Some(id), group_member::present(connection, id).await?)),
        StreamId::Conversation(id) | StreamId::Members(id) | StreamId::Receipts(id) => {
            let (home, present) = member::present(connection, id).await?;
            Ok((home.map(|home| home.group), present))
        }
    }
}

/// Heartbeats with the watermark; and sockets of sessions that ended elsewhere are closed.
pub(crate) async fn beat(app: Arc<App>, stop: watch::Receiver<bool>) {
    every(Duration::from_millis(app.limits.heartbeat_ms), stop, || {
        let app = app.clone();
        async move {
            if let Err(error) = app.settings.reload(app.store()).await {
                tracing::warn!(%error, "the settings could not be read; those from before hold");
            }
            beat_once(&app).await;
        }
    })
    .await;
}

/// Writes down who is and was connected, as far as it is due; what cannot be written now is with the next heartbeat.
pub(crate) async fn note_seen(app: &App) {
    let ((people, sessions), now) = (app.fanout.presence(), clock::now());
    let (people, sessions) = (app.people_seen.due(people, now), app.sessions_seen.due(sessions, now));
    let noted = async {
        for seen in people.chunks(SEEN_PER_COMMIT) {
            let mut transaction = app.store().write().await?;
            for (user, at) in seen {
                profile::see(&mut transaction, *user, *at).await?;
            }
            transaction.commit().await?;
            app.people_seen.noted(seen);
        }
        for seen in sessions.chunks(SEEN_PER_COMMIT) {
            let mut transaction = app.store().write().await?;
            for (session, at) in seen {
                session::seen(&mut transaction, *session, *at).await?;
            }
            transaction.commit().await?;
            app.sessions_seen.noted(seen);
        }
        Ok::<_, StoreError>(())
    };
    if let Err(error) = noted.await {
        tracing::warn!(%error, "who was here could not be noted; it will be tried again");
    }
}

/// One heartbeat.
pub(crate) async fn beat_once(app: &App) {
    if let Err(error) = revoke_ended(app).await {
        tracing::warn!(%error, "the sessions could not be checked; it will be tried again");
    }
    note_seen(app).await;
    let watermark = Watermark::from([(SHARD, app.fanout.told())]);
    app.fanout.beat(&watermark, clock::now());
    app.fanout.look_round();
}

async fn revoke_ended(app: &App) -> Result<(), StoreError> {
    let open: Vec<_> = app.fanout.sessions().into_iter().collect();
    if open.is_empty() {
        return Ok(());
    }
    let mut snapshot = app.store().snapshot().await?;
    revoke(app, &mut snapshot, open).await
}

/// Closes the sockets of those of the sessions that have ended.
async fn revoke(app: &App, connection: &mut AnyConnection, open: Vec<SessionId>) -> Result<(), StoreError> {
    if !open.is_empty() {
        let good = session::good(connection, &open).await?;
        app.fanout.revoke(|session| open.contains(&session) && !good.contains(&session));
    }
    Ok(())
}

/// Renews what providers gave for a time, while there are providers.
pub(crate) async fn renew(app: Arc<App>, stop: watch::Receiver<bool>) {
    if app.providers.infos().is_empty() {
        return;
    }
    every(RENEW_EVERY, stop, || {
        let app = app.clone();
        async move {
            if let Err(error) = actions::renew_external(&app, clock::now()).await {
                tracing::warn!(%error, "tokens of providers were not renewed; it will be tried again");
            }
        }
    })
    .await;
}

/// At the start what an earlier life has left of uploads, then once an hour: forgets what is kept for a time only.
pub(crate) async fn tidy(app: Arc<App>, stop: watch::Receiver<bool>) {
    sweep_media(&app).await;
    every(TIDY_EVERY, stop, || {
        let app = app.clone();
        async move {
            app.rates().forget();
            app.challenges.forget(clock::now());
            app.set_ups.forget(clock::now());
            app.providers.flows.forget(clock::now());
            if let Err(error) = forget(&app).await {
                tracing::warn!(%error, "tidying up failed; it will be tried again in an hour");
            }
            sweep_media(&app).await;
        }
    })
    .await;
}

async fn sweep_media(app: &App) {
    if let Err(error) = media::sweep(app, media::UNCLAIMED_KEPT).await {
        tracing::warn!(%error, "what was uploaded and nobody has stays for now; it will be tried again in an hour");
    }
}

async fn forget(app: &App) -> Result<(), StoreError> {
    let now = clock::now();
    let newest = app.installation.newest().await?;
    purge_tombstones(app, now - TOMBSTONES_KEPT_MS).await?;
    purge_groups(app).await?;
    if let Some(days) = app.settings().retention_days {
        retain(app, now - i64::from(days) * DAY_MS).await?;
    }
    if let Some(floor) = newest.checked_sub(ENTRIES_KEPT) {
        prune_log(app, floor).await?;
    }
    let mut transaction = app.store().write().await?;
    let mutations = mutation::prune(&mut transaction, now - RESULTS_KEPT_MS).await?;
    code::prune(&mut transaction, now).await?;
    invite_link::prune(&mut transaction, now).await?;
    server_invite::prune(&mut transaction, now).await?;
    let sessions = session::prune(&mut transaction, now - SESSIONS_KEPT_MS).await?;
    transaction.commit().await?;
    // Who was seen is written to the log too, without a mutation that would fold it.
    app.store().fold_log().await?;
    tracing::debug!(mutations, sessions, "tidied up");
    Ok(())
}

/// Drops the change log's entries up to `floor`: who has not read so far gets full heads. What nobody has been told yet stays.
pub(crate) async fn prune_log(app: &App, floor: u64) -> Result<(), StoreError> {
    let floor = floor.min(app.fanout.told());
    let mut transaction = app.store().write().await?;
    change_log::prune(&mut transaction, floor).await?;
    transaction.commit().await?;
    Ok(())
}

/// Purges what is left of messages deleted before `before`, a few conversations at a time.
pub(crate) async fn purge_tombstones(app: &App, before: Millis) -> Result<(), StoreError> {
    loop {
        let mut transaction = app.store().write().await?;
        let purged = tombstone::purge(&mut transaction, before).await?;
        transaction.commit().await?;
        if purged == 0 {
            return Ok(());
        }
    }
}

/// Gives up messages that were written before `before`: says so in each conversation, then removes them, some hundreds at a time.
/// What a stop leaves behind is removed the next time.
pub(crate) async fn retain(app: &App, before: Millis) -> Result<(), StoreError> {
    let due = retention::due(&mut *app.store().snapshot().await?, before).await?;
    for conversation in due {
        retain_one(app, conversation, before).await?;
    }
    Ok(())
}

/// Removes what was said in the channels of deleted groups, in the same way, and what they were called.
pub(crate) async fn purge_groups(app: &App) -> Result<(), StoreError> {
    let channels = group::left_behind(&mut *app.store().snapshot().await?).await?;
    for channel in channels {
        if retain_one(app, channel, Millis::MAX).await? {
            let mut transaction = app.store().write().await?;
            group::forget_channel(&mut transaction, channel).await?;
            transaction.commit().await?;
        }
    }
    Ok(())
}

/// The same for one conversation. `false`: it could not be said, so nothing was removed.
async fn retain_one(app: &App, conversation: ConversationId, before: Millis) -> Result<bool, StoreError> {
    let pos = retention::first_kept(&mut *app.store().snapshot().await?, conversation, before).await?;
    loop {
        let command = Command::Retain(Retain { conversation, pos });
        let request = Request { id: MutationId::new(), actor: nobody(), after: None, command, at: None };
        if let Err(error) = app.installation.committer.perform(nobody(), request).await {
            tracing::warn!(%error, %conversation, "old messages stay for now");
            return Ok(false);
        }
        // Their messages go after them: what a stop leaves behind is due again as long as those are there.
        let mut snapshot = app.store().snapshot().await?;
        if !own_mark::are_left_behind(&mut snapshot, conversation).await? {
            break;
        }
    }
    loop {
        let mut transaction = app.store().write().await?;
        let more = retention::purge(&mut transaction, conversation).await?;
        transaction.commit().await?;
        if !more {
            return Ok(true);
        }
    }
}
