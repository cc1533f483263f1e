use super::{Act, Expect, Scene};
use crate::model::Model;
use hearth_protocol::{
    ids::{MutationId, UserId},
    mutations::{Intent, SetPrivacy},
    profile::{PrivacyField, SeenBy},
};

impl Act for SetPrivacy {
    fn propose(scene: &mut Scene) -> Option<(Intent, Expect)> {
        let field = if scene.dice.percent(70) { PrivacyField::Status } else { PrivacyField::LastSeen };
        let to = *scene.dice.pick(&[SeenBy::Nobody, SeenBy::Contacts, SeenBy::Everyone])?;
        Some((Intent::SetPrivacy(Self { field, to }), Expect::Applied))
    }

    fn applied(&self, _: &mut Model, _: MutationId, _: UserId) {}
}
