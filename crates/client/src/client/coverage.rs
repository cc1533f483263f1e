//! How much of each conversation is on this computer.

use super::{Client, conversations::item_view};
use crate::view::{CoverageList, CoverageView, Period, Problem};
use hearth_protocol::ids::ConversationId;
use hearth_replica::{Coverage, Filter};
use std::collections::BTreeMap;

/// Lines of the list: those that are not whole come first.
const LISTED_MAX: usize = 200;

impl Client {
    /// What of a conversation is here, and how much is missing.
    pub async fn read_coverage(&self, conversation: ConversationId) -> Result<CoverageView, Problem> {
        let session = self.session()?;
        let name = session.replica.conversation(conversation).await?.map(|line| item_view(line).name).unwrap_or_default();
        Ok(coverage_view(session.checked(session.replica.coverage(conversation).await)?, name))
    }

    /// The same of all conversations, with totals.
    pub async fn list_coverage(&self) -> Result<CoverageList, Problem> {
        let session = self.session()?;
        let lines = session.checked(session.replica.conversations(Filter::All, u32::MAX).await)?;
        let mut names: BTreeMap<ConversationId, String> = lines.into_iter().map(item_view).map(|line| (line.id, line.name)).collect();
        let all = session.checked(session.replica.coverages().await)?;
        let progress = session.checked(session.replica.backfill_progress().await)?;
        let views = all.into_iter().take(LISTED_MAX).map(|coverage| {
            let name = names.remove(&coverage.conversation).unwrap_or_default();
            coverage_view(coverage, name)
        });
        Ok(CoverageList {
            items: views.collect(),
            conversations: progress.conversations,
            complete: progress.complete,
            messages: progress.messages,
        })
    }
}

fn coverage_view(coverage: Coverage, name: String) -> CoverageView {
    let Coverage { conversation, messages, since, complete, missing, holes } = coverage;
    CoverageView { conversation, name, messages, since, complete, missing, holes: holes.into_iter().map(period).collect() }
}

pub(super) fn period(hearth_replica::Period { from, to }: hearth_replica::Period) -> Period {
    Period { from, to }
}
