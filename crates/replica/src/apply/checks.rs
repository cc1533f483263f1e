//! Copies compared with the server's, digest by digest.

use super::{Changes, Checks};
use crate::{
    Result,
    digests::{CHECKED_EVERY_MS, REFUSED_FOR_MS},
    tables::{checked, message, stream},
};
use hearth_protocol::{
    digest::{Segment, SegmentDigest, digest},
    rule::{Rule, holds},
    stream::StreamId,
};

impl Changes<'_> {
    /// What is equal is done with for a while; what is not is fetched anew, and its rows stay readable until then.
    pub(super) async fn checks(&mut self, checks: &Checks) -> Result<()> {
        if self.epoch != Some(checks.answer.epoch) {
            return Ok(());
        }
        for (segment, theirs) in checks.segments.iter().zip(&checks.answer.digests) {
            self.check(segment, theirs.as_ref()).await?;
        }
        Ok(())
    }

    async fn check(&mut self, segment: &Segment, theirs: Option<&SegmentDigest>) -> Result<()> {
        let conversation = segment.conversation;
        let id = StreamId::Conversation(conversation);
        let Some(stream) = stream::find(self.tx, id).await? else { return Ok(()) };
        let comparable =
            theirs.filter(|theirs| stream.epoch == self.epoch && stream.vis_ver == segment.vis_ver && theirs.as_of == stream.cursor);
        let Some(theirs) = comparable else {
            // Something moved meanwhile: what heads and pulls bring comes first.
            return checked::postpone(self.tx, conversation, self.now_local).await;
        };
        let mine = digest(message::entries(self.tx, conversation, segment.from_pos, segment.to_pos).await?);
        if mine == theirs.digest || !holds(Rule::SegmentDigests) {
            return checked::go_on(self.tx, conversation, segment.to_pos).await;
        }
        tracing::warn!(%conversation, from = segment.from_pos, to = segment.to_pos, "a copy differs from the server's: it is fetched anew");
        stream::refuse(self.tx, id).await?;
        checked::end(self.tx, conversation, self.now_local.saturating_add(REFUSED_FOR_MS.min(CHECKED_EVERY_MS))).await
    }
}
