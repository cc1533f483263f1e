use super::{Act, Expect, Scene, some_other};
use crate::model::Model;
use hearth_protocol::{
    ids::{MutationId, UserId},
    mutations::{Intent, RemoveContact},
};

impl Act for RemoveContact {
    /// A contact, or somebody who is none.
    fn propose(scene: &mut Scene) -> Option<(Intent, Expect)> {
        let contact = scene.dice.pick(&scene.friends.contacts).map(|person| person.user);
        let user = match contact.filter(|_| scene.dice.percent(80)) {
            Some(user) => user,
            None => some_other(scene)?,
        };
        Some((Intent::RemoveContact(Self { user }), Expect::Applied))
    }

    // Who is whose contact afterwards is read from the server.
    fn applied(&self, _: &mut Model, _: MutationId, _: UserId) {}

    fn moves_members(&self) -> bool {
        true
    }
}
