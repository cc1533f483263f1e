//! When what a search could not look through was written.

use super::{
    further::{incomplete, named},
    query::Query,
    wanted::Wanted,
};
use crate::{
    Replica, Result,
    coverage::{Period, holes},
    tables::message::moment_of,
};
use hearth_protocol::{Millis, ids::ConversationId, rows::Person};
use std::cmp::Reverse;

/// What is missing of the conversations and the time in which a query looks.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Missing {
    /// Conversations of which something is.
    pub incomplete: u32,
    /// From this moment on nothing is; `None` where there is no such moment, or nothing is missing.
    pub since: Option<Millis>,
    /// Those of which something newer is missing than of the others.
    pub conversations: Vec<MissingIn>,
}

/// What is missing of one conversation.
#[derive(Clone, Debug, PartialEq)]
pub struct MissingIn {
    pub conversation: ConversationId,
    /// Empty for a direct one: `peer` names it.
    pub name: String,
    pub peer: Option<Person>,
    /// The newest first.
    pub holes: Vec<Period>,
}

impl Replica {
    /// When that was written of which a search finds nothing here; of at most `limit` conversations one by one.
    pub async fn missing(&self, query: &Query, limit: usize) -> Result<Missing> {
        let mut tx = self.read().await?;
        let (_, wanted) = Wanted::of(&mut tx, query).await?;
        let mut places = incomplete(&mut tx, None).await?;
        places.retain(|conversation| wanted.as_ref().is_none_or(|wanted| wanted.looks_in(*conversation)));
        let holes = holes(&mut tx, &places).await?;
        let mut found: Vec<(ConversationId, Vec<Period>)> = places.into_iter().zip(holes).collect();
        for (_, holes) in &mut found {
            holes.retain(|hole| wanted.as_ref().is_none_or(|wanted| meets(hole, wanted)));
        }
        found.retain(|(_, holes)| !holes.is_empty());
        // One of which nothing is here has no end that is known: all that is newer can be missing.
        let end = |holes: &[Period]| holes.first().and_then(|hole| hole.to);
        found.sort_by_key(|(_, holes)| end(holes).map(Reverse));
        let mut missing = Missing {
            incomplete: u32::try_from(found.len()).unwrap_or(u32::MAX),
            since: found.first().and_then(|(_, holes)| end(holes)),
            conversations: vec![],
        };
        for (conversation, holes) in found.into_iter().take(limit) {
            let (name, peer) = named(&mut tx, conversation).await?;
            missing.conversations.push(MissingIn { conversation, name, peer, holes });
        }
        Ok(missing)
    }
}

/// Whether a message that is missing there could be one that the query wants.
fn meets(hole: &Period, wanted: &Wanted) -> bool {
    let (from, until) = (moment_of(wanted.from), moment_of(wanted.until));
    hole.to.is_none_or(|to| from <= to) && hole.from.is_none_or(|at| at < until)
}
