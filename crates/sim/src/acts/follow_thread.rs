use super::{Act, Expect, Scene, some_message};
use crate::model::Model;
use hearth_protocol::{
    ids::{MutationId, UserId},
    mutations::{FollowThread, Intent},
};

impl Act for FollowThread {
    /// The thread of a message that one sees; now and then what can have none.
    fn propose(scene: &mut Scene) -> Option<(Intent, Expect)> {
        let (conversation, row) = some_message(scene)?;
        let root = row.thread_root.filter(|_| !scene.number.is_multiple_of(7)).unwrap_or(row.id);
        let on = scene.dice.percent(60);
        Some((Intent::FollowThread(Self { conversation, root, on }), Expect::Either))
    }

    fn applied(&self, model: &mut Model, _: MutationId, by: UserId) {
        if !self.on {
            model.left_threads.insert((by, self.root));
        }
    }
}
