//! What a search could not look through because it is not on this computer: when it was written, and fetching it before its turn.

use super::{Client, coverage::period, people::full_name, server::needs_server};
use crate::{
    engine::wall_ms,
    session::Session,
    view::{MissingIn, MissingView, Problem},
};
use hearth_protocol::ids::ConversationId;
use hearth_replica::{Apply, History, LocalTime, Query};

/// Conversations that are told one by one, and of which the newest hole is fetched at once.
const NAMED: usize = 5;
/// Messages of one page.
const PAGE: u32 = 200;
/// Pages of one conversation: what is longer than that is asked for again.
const PAGES_MAX: usize = 5;

impl Client {
    /// When that was written of what is typed to search that is not here. Answers offline like online.
    pub async fn find_missing(&self, typed: &str) -> Result<MissingView, Problem> {
        let session = self.session()?;
        let query = Query::parse(typed, &LocalTime::here(wall_ms()));
        let missing = session.checked(session.replica.missing(&query, NAMED).await)?;
        let conversations = missing.conversations.into_iter().map(|one| MissingIn {
            conversation: one.conversation,
            name: one.peer.as_ref().map(full_name).unwrap_or(one.name),
            holes: one.holes.into_iter().map(period).collect(),
        });
        Ok(MissingView { incomplete: missing.incomplete, since: missing.since, conversations: conversations.collect() })
    }

    /// Fetches what was written last of what is missing in these conversations, some pages of each.
    pub async fn fetch_missing(&self, conversations: &[ConversationId]) -> Result<(), Problem> {
        let session = self.session()?;
        for conversation in conversations.iter().take(NAMED) {
            let fetched = self.fill(&session, *conversation).await;
            self.changed_here(&session, Some(*conversation)).await;
            fetched?;
        }
        Ok(())
    }

    async fn fill(&self, session: &Session, conversation: ConversationId) -> Result<(), Problem> {
        let server = self.server()?;
        let Some((from, mut before_pos)) = session.checked(session.replica.newest_hole(conversation).await)? else { return Ok(()) };
        for _ in 0..PAGES_MAX {
            let page = server.history(conversation, before_pos, PAGE).await.map_err(needs_server)?;
            let reached = page.from_pos;
            let batch = Apply { history: vec![History { conversation, before_pos, page }], now_local: wall_ms(), ..Apply::default() };
            session.checked(session.replica.apply(batch).await)?;
            if reached <= from || reached >= before_pos {
                break;
            }
            before_pos = reached;
        }
        Ok(())
    }
}
