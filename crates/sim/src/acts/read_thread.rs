use super::{Act, Expect, Scene};
use crate::model::Model;
use hearth_protocol::{
    ids::{MutationId, UserId},
    mutations::{Intent, ReadThread},
};

impl Act for ReadThread {
    /// Up to one of the messages of a thread that are on the screen: one that is unread, if there is one.
    fn propose(scene: &mut Scene) -> Option<(Intent, Expect)> {
        let said: Vec<_> = scene.messages.iter().filter_map(|(id, row)| row.thread_root.map(|root| (*id, root, row.pos))).collect();
        let unread: Vec<_> = said.iter().filter(|(_, root, pos)| scene.threads.get(root).is_some_and(|read| read < pos)).copied().collect();
        let some = if unread.is_empty() { said } else { unread };
        let (conversation, root, pos) = *scene.dice.pick(&some)?;
        Some((Intent::ReadThread(Self { conversation, root, pos }), Expect::Either))
    }

    /// How far it was read, every device is compared with a fresh replica, and what that leaves unread is counted one by one.
    fn applied(&self, _: &mut Model, _: MutationId, _: UserId) {}
}
