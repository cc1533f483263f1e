use super::{Act, Expect, Scene};
use crate::model::Model;
use hearth_protocol::{
    ids::{MutationId, UserId},
    mutations::{Intent, UnreadThread},
};

impl Act for UnreadThread {
    /// From one of the messages of a thread on that are on the screen: one that is read, if there is one.
    fn propose(scene: &mut Scene) -> Option<(Intent, Expect)> {
        let said: Vec<_> = scene.messages.iter().filter_map(|(id, row)| row.thread_root.map(|root| (*id, root, row.pos))).collect();
        let read: Vec<_> = said.iter().filter(|(_, root, pos)| scene.threads.get(root).is_some_and(|read| read >= pos)).copied().collect();
        let some = if read.is_empty() { said } else { read };
        let (conversation, root, from) = *scene.dice.pick(&some)?;
        Some((Intent::UnreadThread(Self { conversation, root, from }), Expect::Either))
    }

    /// Where it went back to, every device is compared with a fresh replica, and what that leaves unread is counted one by one.
    fn applied(&self, _: &mut Model, _: MutationId, _: UserId) {}
}
