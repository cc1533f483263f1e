use super::{Act, Expect, Scene, expect_in, says, some_conversation, some_original, some_root};
use crate::model::Model;
use hearth_protocol::{
    ids::{ConversationId, MutationId, UserId},
    mutations::{Intent, SendMessage},
    rows::ConversationKind,
};

impl Act for SendMessage {
    fn propose(scene: &mut Scene) -> Option<(Intent, Expect)> {
        let body = says(scene, "message");
        if scene.dice.percent(4) {
            let conversation = ConversationId(scene.dice.uuid());
            return Some((Intent::SendMessage(Self::new(conversation, body)), Expect::Refused));
        }
        let item = some_conversation(scene)?;
        let original = some_original(scene, item.id);
        let expect = match original {
            // By then it may be out of their windows, or kept no longer.
            Some((there, _)) if there == item.id => Expect::Either,
            Some(_) => Expect::Refused,
            None => expect_in(scene, item),
        };
        let reply_to = original.map(|(_, message)| message);
        // What is forwarded names nobody and answers nothing: now and then somebody wants it even so. The dice are left alone.
        let plain = reply_to.is_none() && !body.names_somebody();
        let forwarded = if plain { scene.number % 8 == 5 } else { scene.number % 40 == 13 };
        let expect = if forwarded && !plain { Expect::Refused } else { expect };
        // Of two people everything is for the other one.
        let expect = if body.names_everyone() && item.kind == ConversationKind::Direct { Expect::Refused } else { expect };
        let root = some_root(scene, item.id);
        let expect = match root {
            None => expect,
            Some((_, deeper)) if deeper || forwarded => Expect::Refused,
            // By then it may be out of their windows, or kept no longer.
            Some(_) if expect == Expect::Applied => Expect::Either,
            Some(_) => expect,
        };
        let (thread_root, in_conversation) = (root.map(|(root, _)| root), root.is_some() && scene.number.is_multiple_of(3));
        Some((Intent::SendMessage(Self { conversation: item.id, body, reply_to, forwarded, thread_root, in_conversation }), expect))
    }

    fn applied(&self, model: &mut Model, id: MutationId, by: UserId) {
        model.sent.insert(id, (self.conversation, by));
        if let Some(root) = self.thread_root {
            model.said_in.insert((by, root));
        }
    }
}
