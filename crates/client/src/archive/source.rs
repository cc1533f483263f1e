//! Where an archive is read: of the server, or of this computer when the server cannot be asked. The rows are the same.

use crate::{
    api::{Api, Failure},
    client::needs_server,
    view::Problem,
};
use hearth_protocol::{
    Pos,
    error::ErrorCode,
    ids::{ConversationId, Epoch, MediaId, UserId},
    limits,
    profile::{PictureSize, Profile, ProfilesRequest},
    row::Row,
    rows::RowData,
    stream::StreamId,
    sync::{From, Page, PullRequest, Want},
};
use hearth_replica::Replica;
use tokio::sync::watch;

/// Messages that are in memory at a time.
const PAGE: u32 = 200;

/// True once its person wants no archive any more.
#[derive(Clone)]
pub(crate) struct Wanted(pub watch::Receiver<bool>);

pub(crate) struct Source {
    pub replica: Replica,
    /// The server, and the incarnation of its database; `None` when it cannot be asked.
    pub server: Option<(Api, Epoch)>,
    pub wanted: Wanted,
}

/// A first copy of a stream without its messages, and the place after the newest one.
pub(crate) struct Copy {
    pub rows: Vec<Row>,
    pub end: Pos,
}

impl Wanted {
    /// # Errors
    /// `archive_cancelled`.
    pub fn check(&self) -> Result<(), Problem> {
        if *self.0.borrow() { Err(cancelled()) } else { Ok(()) }
    }

    async fn or<T>(&self, answer: impl Future<Output = Result<T, Failure>>) -> Result<T, Failure> {
        let mut wanted = self.0.clone();
        tokio::select! {
            _ = wanted.wait_for(|ended| *ended) => Err(Failure::Local(cancelled())),
            answer = answer => answer,
        }
    }
}

fn cancelled() -> Problem {
    Problem::new("archive_cancelled", "You have cancelled the archive. Nothing was kept of it.")
}

impl Source {
    /// `None`: it is not mine to see, or not any more.
    pub async fn copy(&self, stream: StreamId) -> Result<Option<Copy>, Problem> {
        let Some((api, epoch)) = &self.server else {
            let rows = self.replica.rows_of(stream).await?;
            // No place is higher in any database.
            return Ok(Some(Copy { rows, end: Pos::MAX >> 1 }));
        };
        let wants = vec![Want { stream, from: From::Tail { messages: 0 } }];
        let request = PullRequest { epoch: *epoch, wants, limit: limits::ROWS_PER_PAGE_MAX };
        match self.wanted.or(api.pull(&request)).await.map_err(needs_server)?.pages.pop() {
            Some(Page::Tail { part, from_pos }) if part.stream == stream => Ok(Some(Copy { rows: part.rows, end: from_pos })),
            Some(Page::Gone { .. }) => Ok(None),
            Some(Page::Failed { error, .. }) => Err(error.into()),
            _ => Err(Failure::NotHearth("it did not give a stream that was asked for".into()).into()),
        }
    }

    /// The messages just below a place, the oldest first, with what stands on them, and the place below which there are more. `None` for all of it where it stopped
    /// being mine to see meanwhile.
    pub async fn messages(&self, conversation: ConversationId, before: Pos) -> Result<Option<(Vec<Row>, Option<Pos>)>, Problem> {
        let Some((api, _)) = &self.server else {
            let rows = self.replica.messages_before(conversation, before, PAGE).await?;
            let messages = rows.iter().filter(|row| matches!(row.data, RowData::Message(_))).count();
            let first = rows.first().and_then(|row| row.data.pos()).filter(|_| messages >= PAGE as usize);
            return Ok(Some((rows, first)));
        };
        match self.wanted.or(api.history(conversation, before, PAGE)).await {
            Ok(page) if page.from_pos > 1 && page.from_pos >= before => {
                Err(Failure::NotHearth("its history does not get older".into()).into())
            }
            Ok(page) => Ok(Some((page.rows, Some(page.from_pos).filter(|from| *from > 1)))),
            Err(Failure::Refused(error)) if error.code == ErrorCode::NotFound => Ok(None),
            Err(failure) => Err(needs_server(failure)),
        }
    }

    /// What others tell of themselves, by id.
    pub async fn profiles(&self) -> Result<Vec<Profile>, Problem> {
        let Some((api, epoch)) = &self.server else { return Ok(self.replica.all_profiles().await?) };
        let (mut all, mut after) = (vec![], None::<UserId>);
        loop {
            let request = ProfilesRequest { epoch: Some(*epoch), after, known: vec![], more: false };
            let answer = self.wanted.or(api.profiles(&request)).await.map_err(needs_server)?;
            all.extend(answer.profiles);
            match answer.next {
                Some(next) if after.is_none_or(|after| next > after) => after = Some(next),
                _ => return Ok(all),
            }
        }
    }

    /// A picture in its large size; `None` where it is not here and the server cannot be asked, or it was changed meanwhile.
    pub async fn picture(&self, id: MediaId) -> Result<Option<Vec<u8>>, Problem> {
        let Some((api, _)) = &self.server else { return Ok(self.replica.picture(id, PictureSize::Large).await?) };
        match self.wanted.or(api.picture(id, PictureSize::Large)).await {
            Err(Failure::Refused(error)) if error.code == ErrorCode::NotFound => Ok(None),
            other => other.map(Some).map_err(needs_server),
        }
    }

    /// What the server alone knows; `None` when it cannot be asked.
    pub async fn asked<T, F: Future<Output = Result<T, Failure>>>(&self, ask: impl FnOnce(Api) -> F) -> Result<Option<T>, Problem> {
        match &self.server {
            Some((api, _)) => self.wanted.or(ask(api.clone())).await.map(Some).map_err(needs_server),
            None => Ok(None),
        }
    }
}
