//! `GET /v1/socket`: hello, then pushes one way and mutations the other.

use super::{reply::Refused, session::unauthorized};
use crate::{
    actions,
    app::App,
    clock,
    commit::Waiting,
    fanout::{self, End, SocketFrames},
    rates::Cost,
    store::{
        SHARD,
        session::{self, Ending, Session},
    },
};
use axum::{
    extract::{
        State, WebSocketUpgrade,
        ws::{Message, Utf8Bytes, WebSocket},
    },
    http::{HeaderMap, header::ORIGIN},
    response::Response,
};
use futures::{
    SinkExt as _, StreamExt as _,
    future::BoxFuture,
    stream::{FuturesOrdered, SplitSink, SplitStream},
};
use hearth_protocol::{
    ephemeral::Ephemeral,
    error::{ApiError, ErrorCode},
    frame::{ClientFrame, ServerFrame},
    ids::{MutationId, UserId},
    limits,
    mutation::{Acked, Mutation, Outcome},
    sync::Watermark,
    version::SPOKEN,
};
use std::{sync::Arc, time::Duration};
use tokio::task::JoinHandle;

/// From the socket's opening to its hello.
const HELLO_MAX: Duration = Duration::from_secs(10);
/// A client that takes nothing for so long is gone.
const WRITE_MAX: Duration = Duration::from_secs(30);
/// A goodbye that the other side does not take is not waited for: a session that has ended loses its connection within a second.
const GOODBYE_MAX: Duration = Duration::from_millis(500);
/// How long a goodbye waits for commits that are under way.
const LAST_ANSWERS_MAX: Duration = Duration::from_secs(2);
/// What a socket keeps for reading: a frame of some messages. The default of 128 KiB is memory for each idle connection, and is
/// cleared before each read.
const READ_BUFFER_BYTES: usize = 4 * 1024;
/// Frames written between two flushes.
const FRAMES_PER_FLUSH: usize = 64;

pub(super) async fn open(
    State(app): State<Arc<App>>,
    headers: HeaderMap,
    upgrade: Result<WebSocketUpgrade, axum::extract::ws::rejection::WebSocketUpgradeRejection>,
) -> Result<Response, Refused> {
    // A browser says where a page comes from, and a strange page may not use a person's connection.
    let foreign = headers.get(ORIGIN).is_some_and(|origin| !app.origins.iter().any(|allowed| origin.as_bytes() == allowed.as_bytes()));
    if foreign {
        return Err(Refused(ApiError::new(ErrorCode::Unauthorized, "This page may not connect to Hearth.")));
    }
    let upgrade = upgrade.map_err(|_| Refused(ApiError::new(ErrorCode::BadRequest, "This address is for WebSockets. Update Hearth.")))?;
    let upgrade = upgrade.max_message_size(limits::REQUEST_BYTES_MAX).max_frame_size(limits::REQUEST_BYTES_MAX);
    let upgrade = upgrade.read_buffer_size(READ_BUFFER_BYTES);
    Ok(upgrade.on_upgrade(move |socket| serve(app, socket)))
}

async fn serve(app: Arc<App>, socket: WebSocket) {
    let (mut out, mut incoming) = socket.split();
    let bye = match welcome(&app, &mut out, &mut incoming).await {
        Ok(Some((session, frames))) => {
            let mut connection = Connection { app, session, out, incoming, frames, answers: FuturesOrdered::new(), aside: None };
            let bye = connection.run().await;
            out = connection.out;
            bye
        }
        Ok(None) => None,
        Err(error) => Some(ServerFrame::Bye { retry_ms: error.retry_after_ms.unwrap_or(0), error: Some(error) }),
    };
    // Whoever is gone already does not read the goodbye.
    let _ = tokio::time::timeout(GOODBYE_MAX, async {
        if let Some(text) = bye.as_ref().and_then(fanout::text) {
            out.send(Message::Text(text)).await?;
        }
        out.close().await
    })
    .await;
}

/// Reads the hello and answers it; `None` if the client left or said something else.
async fn welcome(
    app: &Arc<App>,
    out: &mut SplitSink<WebSocket, Message>,
    incoming: &mut SplitStream<WebSocket>,
) -> Result<Option<(Session, SocketFrames)>, ApiError> {
    let first = tokio::time::timeout(HELLO_MAX, incoming.next()).await;
    let Ok(Some(Ok(Message::Text(text)))) = first else { return Ok(None) };
    let Ok(ClientFrame::Hello(hello)) = serde_json::from_str(text.as_str()) else {
        return Err(ApiError::new(ErrorCode::BadRequest, "The first frame is a hello. Update Hearth."));
    };
    let Some(proto) = SPOKEN.agree(hello.proto) else {
        let message = "This Hearth and the server do not speak the same protocol. Update Hearth, or ask the server's owner to update it.";
        return Err(ApiError::new(ErrorCode::UnsupportedVersion, message));
    };
    let redeemed = app.tickets.redeem(&hello.ticket, clock::now()).filter(|session| session.device == hello.device);
    let session = redeemed.ok_or_else(|| unauthorized(Ending::Own))?;
    // First the door, then everything else: what is committed in between comes through the door, and a session that ends loses it.
    let frames = app.fanout.open(session.user, session.id)?;
    admit(app, session).await?;
    list_device(app, session);
    let n = app.installation.newest().await?;
    let welcome = ServerFrame::Welcome { proto, epoch: app.epoch(), watermark: Watermark::from([(SHARD, n)]), now: clock::now() };
    let Some(text) = fanout::text(&welcome) else { return Ok(None) };
    let sent = tokio::time::timeout(WRITE_MAX, out.send(Message::Text(text))).await;
    Ok(matches!(sent, Ok(Ok(()))).then_some((session, frames)))
}

/// Refuses a session that has ended since its ticket was made.
async fn admit(app: &App, session: Session) -> Result<(), ApiError> {
    let mut snapshot = app.store().snapshot().await?;
    if session::good(&mut snapshot, &[session.id]).await?.contains(&session.id) {
        return Ok(());
    }
    Err(unauthorized(session::ending(&mut snapshot, session.id).await?))
}

/// Beside everything else: devices that signed in before there was a list, and what could not be listed then.
fn list_device(app: &Arc<App>, session: Session) {
    let app = app.clone();
    tokio::spawn(async move { actions::settle_or_later(&app.installation, session.user, None).await });
}

struct Connection {
    app: Arc<App>,
    session: Session,
    out: SplitSink<WebSocket, Message>,
    incoming: SplitStream<WebSocket>,
    frames: SocketFrames,
    /// Answers in the order of their mutations.
    answers: FuturesOrdered<BoxFuture<'static, Vec<Acked>>>,
    /// What is done last of that for which nothing waits: one after the other, so that a client that says much has one hand here.
    aside: Option<JoinHandle<()>>,
}

/// The socket is closed without a word: the other side is gone.
struct Gone;

/// What a connection has to do next.
enum Step {
    Write(Utf8Bytes),
    Answer(Vec<Acked>),
    Read(Option<Result<Message, axum::Error>>),
}

impl Connection {
    /// Runs until one side ends it; gives back what to say last.
    async fn run(&mut self) -> Option<ServerFrame> {
        let ended = self.frames.ended();
        tokio::pin!(ended);
        loop {
            // A client that sends faster than commits happen is read no further until they have.
            let reading = self.answers.len() < limits::IN_FLIGHT_MAX;
            let step = tokio::select! {
                // Looked at first: who is not signed in any more is neither told nor heard.
                biased;
                end = &mut ended => return Some(self.last_words(end).await),
                step = next(&mut self.frames, &mut self.answers, &mut self.incoming, reading) => step,
            };
            let done = match step {
                Step::Write(frame) => self.write(frame).await,
                Step::Answer(answer) => match fanout::text(&ServerFrame::Acked(answer)) {
                    Some(text) => self.write(text).await,
                    None => Err(Gone),
                },
                Step::Read(message) => match self.read(message) {
                    Ok(()) => Ok(()),
                    Err(None) => Err(Gone),
                    Err(Some(error)) => return Some(ServerFrame::Bye { retry_ms: 0, error: Some(error) }),
                },
            };
            match done {
                Err(Gone) if self.frames.is_revoked() => return Some(self.last_words(End::Revoked).await),
                Err(Gone) => return None,
                Ok(()) => {}
            }
        }
    }

    /// Before a goodbye the answers that are due are given: it saves their retries.
    async fn last_words(&mut self, end: End) -> ServerFrame {
        match end {
            End::Revoked => why_revoked(&self.app, self.session).await,
            End::Bye { retry_ms } => {
                let _ = tokio::time::timeout(LAST_ANSWERS_MAX, async {
                    while let Some(answer) = self.answers.next().await {
                        let Some(text) = fanout::text(&ServerFrame::Acked(answer)) else { continue };
                        if self.write(text).await.is_err() {
                            return;
                        }
                    }
                })
                .await;
                ServerFrame::Bye { retry_ms, error: None }
            }
        }
    }

    /// Writes a frame and whatever else waits, with one flush; nothing more once the session has ended, however slowly it is read.
    async fn write(&mut self, frame: Utf8Bytes) -> Result<(), Gone> {
        let ended = self.frames.ended();
        let revoked = async {
            if ended.await != End::Revoked {
                std::future::pending::<()>().await;
            }
        };
        let writing = async {
            self.out.feed(Message::Text(frame)).await?;
            for _ in 0..FRAMES_PER_FLUSH {
                let Some(frame) = self.frames.ready() else { break };
                self.out.feed(Message::Text(frame)).await?;
            }
            self.out.flush().await
        };
        let written = tokio::select! {
            biased;
            () = revoked => return Err(Gone),
            written = tokio::time::timeout(WRITE_MAX, writing) => written,
        };
        match written {
            Ok(Ok(())) => Ok(()),
            Ok(Err(_)) | Err(_) => Err(Gone),
        }
    }

    /// Takes one message; an error without words means that the client left.
    fn read(&mut self, message: Option<Result<Message, axum::Error>>) -> Result<(), Option<ApiError>> {
        match message {
            Some(Ok(Message::Text(text))) => match serde_json::from_str::<ClientFrame>(text.as_str()) {
                Ok(ClientFrame::Mutate(mutations)) => {
                    self.mutate(mutations);
                    Ok(())
                }
                Ok(ClientFrame::Cancel(ids)) => {
                    self.answer(ids.clone(), actions::take_cancels(&self.app, self.session.user, ids));
                    Ok(())
                }
                Ok(ClientFrame::Ephemeral(ephemeral)) => {
                    self.pass_on(ephemeral);
                    Ok(())
                }
                Ok(ClientFrame::Idle(idle)) => {
                    self.app.fanout.set_idle(self.frames.queue(), idle);
                    Ok(())
                }
                Ok(ClientFrame::Watch(people)) => {
                    self.watch(people);
                    Ok(())
                }
                Ok(ClientFrame::Hello(_)) => Err(Some(ApiError::new(ErrorCode::BadRequest, "There is one hello. Update Hearth."))),
                Err(_) => Err(Some(ApiError::new(ErrorCode::BadRequest, "The server does not understand this frame. Update Hearth."))),
            },
            // Pings are answered below us.
            Some(Ok(Message::Ping(_) | Message::Pong(_))) => Ok(()),
            Some(Ok(Message::Binary(_))) => Err(Some(ApiError::new(ErrorCode::BadRequest, "Frames are text. Update Hearth."))),
            Some(Ok(Message::Close(_)) | Err(_)) | None => Err(None),
        }
    }

    /// Beside everything else: nothing waits for what may as well be lost.
    fn pass_on(&mut self, ephemeral: Ephemeral) {
        let Session { id, user, .. } = self.session;
        if self.app.rates().spend(user, Cost::Signal).and_then(|()| self.app.rates().signal(id, ephemeral.conversation)).is_err() {
            return;
        }
        let app = self.app.clone();
        self.do_aside(async move {
            if let Err(error) = actions::pass_on(&app, user, ephemeral).await {
                tracing::debug!(%error, "a signal was not passed on");
            }
        });
    }

    /// The same: who is too quick asks again by themselves.
    fn watch(&mut self, people: Vec<UserId>) {
        if self.app.rates().spend(self.session.user, Cost::Watch { people: people.len().min(limits::WATCHED_MAX) }).is_err() {
            return;
        }
        let (app, socket) = (self.app.clone(), self.frames.queue().clone());
        self.do_aside(async move {
            if let Err(error) = actions::watch_people(&app, &socket, &people).await {
                tracing::debug!(%error, "nobody could be told how people are");
            }
        });
    }

    fn do_aside(&mut self, work: impl Future<Output = ()> + Send + 'static) {
        let before = self.aside.take();
        self.aside = Some(tokio::spawn(async move {
            if let Some(before) = before {
                // Whatever became of it.
                let _ = before.await;
            }
            work.await;
        }));
    }

    fn mutate(&mut self, mutations: Vec<Mutation>) {
        let ids = mutations.iter().map(|mutation| mutation.id).collect();
        self.answer(ids, actions::take_mutations(&self.app, self.session.user, mutations));
    }

    /// Answers when it is done, in its turn.
    fn answer(&mut self, ids: Vec<MutationId>, submitted: Result<Waiting, ApiError>) {
        match submitted {
            Ok(waiting) => self.answers.push_back(Box::pin(waiting.acked())),
            Err(error) => {
                let refused = ids.into_iter().map(|id| Acked { id, outcome: Outcome::Refused(error.clone()) }).collect();
                self.answers.push_back(Box::pin(async move { refused }));
            }
        }
    }
}

/// A session that was ended from another device is told from which, and one whose account is deleted that it is.
pub(crate) async fn why_revoked(app: &App, session: Session) -> ServerFrame {
    let ending = async { session::ending(&mut *app.store().snapshot().await?, session.id).await };
    match ending.await {
        Ok(Ending::Own) => ServerFrame::Revoked,
        Ok(ending) => ServerFrame::Bye { retry_ms: 0, error: Some(unauthorized(ending)) },
        Err(error) => {
            tracing::warn!(%error, "why a session ended could not be read");
            ServerFrame::Revoked
        }
    }
}

/// What there is to do first; cancelling the wait loses nothing.
async fn next(
    frames: &mut SocketFrames,
    answers: &mut FuturesOrdered<BoxFuture<'static, Vec<Acked>>>,
    incoming: &mut SplitStream<WebSocket>,
    reading: bool,
) -> Step {
    tokio::select! {
        frame = frames.next() => Step::Write(frame),
        Some(answer) = answers.next() => Step::Answer(answer),
        message = incoming.next(), if reading => Step::Read(message),
    }
}
