//! Heads: which streams moved, what is unread, and the last message of each.

use super::{Changes, rows::Arrival};
use crate::{
    Result, StreamState,
    tables::{known, message, meta, stream},
};
use hearth_protocol::{
    Seq,
    ids::{ConversationId, Epoch},
    rows::RowData,
    stream::StreamId,
    sync::{Head, HeadsResponse},
};
use std::collections::BTreeSet;

impl Changes<'_> {
    pub(super) async fn heads(&mut self, heads: &HeadsResponse) -> Result<()> {
        self.set_epoch(heads.epoch).await?;
        for head in &heads.heads {
            self.head(heads.epoch, head).await?;
        }
        if heads.full {
            let named: BTreeSet<StreamId> = heads.heads.iter().map(|head| head.stream).collect();
            for conversation in stream::touched_conversations(self.tx).await? {
                if !named.contains(&StreamId::Conversation(conversation)) {
                    self.forget(conversation).await?;
                }
            }
            for id in stream::groups(self.tx).await? {
                if !named.contains(&id) {
                    self.gone(id).await?;
                }
            }
        }
        meta::raise_watermark(self.tx, &heads.watermark).await
    }

    async fn head(&mut self, epoch: Epoch, head: &Head) -> Result<()> {
        if let (StreamId::Conversation(conversation), Some(home)) = (head.stream, head.group) {
            self.learn_home_of(conversation, home).await?;
        }
        let Some(mut stream) = stream::follow(self.tx, head.stream).await? else { return Ok(()) };
        stream.head = stream.head.max(head.head);
        let older = head.vis_ver < stream.expected || (stream.epoch == Some(epoch) && head.vis_ver < stream.vis_ver);
        if stream.epoch.is_none() && !older {
            (stream.epoch, stream.vis_ver) = (Some(epoch), head.vis_ver);
        } else if !older && stream.state != StreamState::New {
            let refused = !stream.is_copy(epoch, head.vis_ver) || stream.cursor < head.floor;
            if refused {
                stream.state = StreamState::New;
            } else if head.head < stream.cursor {
                stream::doubt(self.tx, head.stream).await?;
            }
        }
        if !older && head.floor > stream.floor {
            stream.floor = head.floor;
            if let StreamId::Conversation(conversation) = head.stream {
                self.purge(conversation, head.floor).await?;
            }
        }
        stream::save(self.tx, &stream).await?;
        if let Some(unread) = head.unread {
            stream::set_unread(self.tx, head.stream, unread).await?;
            if let Some(conversation) = stream.conversation() {
                self.touch(conversation);
            }
        }
        if let StreamId::Conversation(conversation) = head.stream {
            self.stale.insert(conversation);
            if let (Some(row), true) = (&head.last_message, stream.is_copy(epoch, head.vis_ver))
                && let RowData::Message(_) = &row.data
            {
                let known = known::of(self.tx, conversation).await?;
                self.rows(&Arrival { stream: head.stream, known: &known, floor: stream.floor, live: false }, std::slice::from_ref(row))
                    .await?;
            }
            if let Some(members_head) = head.members_head {
                self.members_head(StreamId::Members(conversation), members_head).await?;
            }
            // Of a conversation that was never open as well: a copy may be on its way that lacks what the watermark vouches for.
            if let Some(receipts_head) = head.receipts_head.filter(|head| *head > 0) {
                self.note_head(StreamId::Receipts(conversation), receipts_head).await?;
            }
        }
        Ok(())
    }

    /// Forgets tombstones as the server has: whoever fetches the conversation now does not get them either.
    async fn purge(&mut self, conversation: ConversationId, floor: Seq) -> Result<()> {
        if message::purge(self.tx, &mut self.index, conversation, floor).await? {
            self.touch(conversation);
        }
        Ok(())
    }

    async fn members_head(&mut self, id: StreamId, head: u64) -> Result<()> {
        if let Some(mut stream) = stream::follow(self.tx, id).await? {
            if stream.state != StreamState::New && head < stream.cursor {
                stream::doubt(self.tx, id).await?;
            }
            stream.head = stream.head.max(head);
            stream::save(self.tx, &stream).await?;
        }
        Ok(())
    }
}
