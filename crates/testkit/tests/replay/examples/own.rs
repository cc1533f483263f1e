//! What people have and say of themselves: collections, their profile, their devices.

use super::Exemplary;
use crate::world::World;
use fastrand::Rng;
use hearth_protocol::{
    ids::{CollectionId, UserId},
    limits,
    mutations::{
        Collect, CreateCollection, DeleteCollection, RenameCollection, RenameDevice, SetAbout, SetName, SetPrivacy, SetReadReceipts,
        SetStatus,
    },
    profile::{PrivacyField, SeenBy},
};

impl Exemplary for CreateCollection {
    /// Who has enough deletes some first.
    fn example(world: &World, dice: &mut Rng) -> Option<(usize, Self)> {
        let who = dice.usize(..world.people.len());
        let name = format!("Collection {}", dice.usize(..3));
        let enough = world.collections.iter().filter(|(of, _)| *of == world.people[who]).count() >= limits::COLLECTIONS_MAX;
        (!enough).then(|| (who, Self { collection: CollectionId::new(), name }))
    }
}

/// Somebody's collection.
fn some_collection(world: &World, dice: &mut Rng) -> Option<(UserId, CollectionId)> {
    let all: Vec<_> = world.collections.iter().copied().collect();
    dice.choice(&all).copied()
}

impl Exemplary for RenameCollection {
    fn example(world: &World, dice: &mut Rng) -> Option<(usize, Self)> {
        let (who, collection) = some_collection(world, dice)?;
        Some((world.who(who), Self { collection, name: format!("Renamed {}", dice.usize(..3)) }))
    }
}

impl Exemplary for DeleteCollection {
    /// Every third time: the other examples want some to be there.
    fn example(world: &World, dice: &mut Rng) -> Option<(usize, Self)> {
        let (who, collection) = some_collection(world, dice)?;
        (dice.usize(..3) == 0).then(|| (world.who(who), Self { collection }))
    }
}

impl Exemplary for Collect {
    /// What one wrote oneself is there whatever one sees.
    fn example(world: &World, dice: &mut Rng) -> Option<(usize, Self)> {
        let (conversation, who, message, _) = world.message(dice)?;
        let theirs: Vec<_> = world.collections.iter().filter(|(of, _)| *of == who).map(|(_, collection)| *collection).collect();
        let collection = *dice.choice(&theirs)?;
        Some((world.who(who), Self { collection, conversation, message, on: dice.usize(..3) > 0 }))
    }
}

impl Exemplary for SetStatus {
    fn example(world: &World, dice: &mut Rng) -> Option<(usize, Self)> {
        let text = if dice.usize(..3) == 0 { String::new() } else { format!("at work {}", dice.usize(..100)) };
        Some((dice.usize(..world.people.len()), Self { text, until: None }))
    }
}

impl Exemplary for SetAbout {
    fn example(world: &World, dice: &mut Rng) -> Option<(usize, Self)> {
        let text = if dice.usize(..3) == 0 { String::new() } else { format!("a baker\nof {} loaves", dice.usize(..100)) };
        Some((dice.usize(..world.people.len()), Self { text }))
    }
}

impl Exemplary for SetName {
    fn example(world: &World, dice: &mut Rng) -> Option<(usize, Self)> {
        let last_name = if dice.usize(..3) == 0 { String::new() } else { "Berg".to_owned() };
        Some((dice.usize(..world.people.len()), Self { first_name: format!("Anna {}", dice.usize(..100)), last_name }))
    }
}

impl Exemplary for SetPrivacy {
    fn example(world: &World, dice: &mut Rng) -> Option<(usize, Self)> {
        let field = if dice.usize(..2) == 0 { PrivacyField::Status } else { PrivacyField::LastSeen };
        let to = if dice.usize(..2) == 0 { SeenBy::Everyone } else { SeenBy::Nobody };
        Some((dice.usize(..world.people.len()), Self { field, to }))
    }
}

impl Exemplary for SetReadReceipts {
    /// On more often than off: there must be receipts.
    fn example(world: &World, dice: &mut Rng) -> Option<(usize, Self)> {
        Some((dice.usize(..world.people.len()), Self { on: dice.usize(..4) > 0 }))
    }
}

impl Exemplary for RenameDevice {
    fn example(world: &World, dice: &mut Rng) -> Option<(usize, Self)> {
        let who = dice.usize(..world.people.len());
        Some((who, Self { device: world.devices[who], name: format!("device {}", dice.usize(..3)) }))
    }
}
