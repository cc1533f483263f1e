//! Where a conversation goes on at a moment: here, or else as the server says, from where that part of the history comes before its turn.

use super::{Client, server::needs_server};
use crate::{
    engine::wall_ms,
    session::Session,
    view::{DatePlace, Problem},
};
use hearth_protocol::{Millis, Pos, ids::ConversationId};
use hearth_replica::{Apply, DatedPlace, History};

/// Messages that are fetched around a place: half of them before it.
const AROUND: u32 = 200;
/// Pages of them. Where much stands on the messages one has fewer, and the place may not be on the first.
const PAGES_MAX: usize = 4;

impl Client {
    /// The first message of a moment or later; `asides`: of those that stand in a thread alone, too. What is not here is fetched; where that
    /// cannot be, it is the nearest one that is here.
    pub async fn find_date(&self, conversation: ConversationId, at: Millis, asides: bool) -> Result<DatePlace, Problem> {
        let session = self.session()?;
        let here = session.checked(session.replica.dated(conversation, at, asides).await)?;
        if here.sure {
            return Ok(view(here, None));
        }
        match self.fetch_around(&session, conversation, at, asides).await {
            Ok(true) => Ok(view(session.checked(session.replica.dated(conversation, at, asides).await)?, None)),
            Ok(false) => Ok(view(DatedPlace { message: None, sure: true }, None)),
            Err(problem) => Ok(view(here, Some(problem))),
        }
    }

    /// False where nothing was said from then on.
    async fn fetch_around(&self, session: &Session, conversation: ConversationId, at: Millis, asides: bool) -> Result<bool, Problem> {
        let server = self.server()?;
        let Some(pos) = server.place(conversation, at, asides).await.map_err(needs_server)?.pos else { return Ok(false) };
        let mut before_pos: Pos = pos.saturating_add(u64::from(AROUND / 2));
        for _ in 0..PAGES_MAX {
            let page = server.history(conversation, before_pos, AROUND).await.map_err(needs_server)?;
            let from_pos = page.from_pos;
            let batch = Apply { history: vec![History { conversation, before_pos, page }], now_local: wall_ms(), ..Apply::default() };
            session.checked(session.replica.apply(batch).await)?;
            // One that is earlier says that there is no other one between.
            if from_pos < pos.max(2) {
                break;
            }
            before_pos = from_pos;
        }
        self.changed_here(session, Some(conversation)).await;
        Ok(true)
    }
}

fn view(DatedPlace { message, sure }: DatedPlace, problem: Option<Problem>) -> DatePlace {
    DatePlace { message, sure, problem }
}
