//! What a role on the server allows: each act by guests, by whose role allows everything but it, by whose role allows it alone, by admins.

use super::{
    Cells,
    deeds::{intend, word},
    town::Town,
};
use crate::{administration::make_role, person::Person};
use hearth_protocol::{
    admin::{CreateServerInvite, GiveRole, RoleWanted, ServerInviteMade, SettingsSeen},
    error::ApiError,
    ids::{ConversationId, GroupId, RoleId, ServerInviteId, UserId},
    mutations::{CreateConversation, CreateDirect, CreateGroup},
    role::{Permission, Permissions, Role},
};
use serde_json::{Value, json};

const DAY_MS: i64 = 24 * 60 * 60 * 1_000;

/// Everything that not everybody may do on the server, and what allows it.
const ACTS: [(&str, Permission); 18] = [
    ("search_people", Permission::FindPeople),
    ("create_direct", Permission::StartConversations),
    ("create_conversation", Permission::StartConversations),
    ("create_group", Permission::CreateGroups),
    ("list_people", Permission::ManagePeople),
    ("give_role", Permission::ManagePeople),
    ("deactivate", Permission::ManagePeople),
    ("reactivate", Permission::ManagePeople),
    ("reset", Permission::ManagePeople),
    ("sign-out", Permission::ManagePeople),
    ("two-step-off", Permission::ManagePeople),
    ("create_role", Permission::ManageRoles),
    ("change_role", Permission::ManageRoles),
    ("delete_role", Permission::ManageRoles),
    ("change_settings", Permission::ManageSettings),
    ("create_server_invite", Permission::InviteToServer),
    ("revoke_server_invite", Permission::InviteToServer),
    ("read_audit_log", Permission::ReadAuditLog),
];

/// On whom and what it is done.
struct Objects {
    user: UserId,
    /// With whom nobody of those who ask has a conversation.
    stranger: UserId,
    role: RoleId,
    invite: ServerInviteId,
}

pub async fn ask_of_server(town: &Town, cells: &mut Cells) {
    let (admin, actor, other) = (town.person("server_admin"), &town.outsider, &town.other);
    let mut roles = Vec::new();
    for (nth, permissions) in Permission::EVERY.iter().map(|one| Permissions::of(&[*one])).enumerate() {
        let without: Vec<_> = Permission::EVERY.iter().copied().filter(|one| !permissions.has(*one)).collect();
        let alone: Vec<_> = permissions.iter().collect();
        let alone = make_role(admin, &format!("alone {nth}"), &alone).await.expect("a role");
        let every_other = make_role(admin, &format!("without {nth}"), &without).await.expect("a role");
        roles.push((Permission::EVERY[nth], Role::Made(alone), Role::Made(every_other)));
    }
    be(admin, other, Role::Guest).await;
    for (act, permission) in ACTS {
        let (_, alone, every_other) = *roles.iter().find(|(of, ..)| *of == permission).expect("its roles");
        for (standing, role) in [("guest", Role::Guest), ("every_other", every_other), ("that_alone", alone)] {
            be(admin, actor, role).await;
            let objects = objects(admin, (other.user, town.bystander.user), &[]).await;
            cells.insert(format!("{act} server {standing}"), word(perform(actor, act, &objects).await));
            // What was done is not to be in the next one's way.
            undo(admin, other).await;
        }
        let objects = objects(admin, (other.user, town.bystander.user), &[]).await;
        cells.insert(format!("{act} server server_admin"), word(perform(admin, act, &objects).await));
        undo(admin, other).await;
        match permission {
            Permission::ManagePeople if act != "list_people" => {
                be(admin, actor, alone).await;
                for (whose, user) in [("above", admin.user), ("own", actor.user), ("nowhere", UserId::new())] {
                    let objects = Objects { user, ..objects };
                    cells.insert(format!("{act} {whose} that_alone"), word(perform(actor, act, &objects).await));
                }
                let mine = Objects { user: admin.user, ..objects };
                cells.insert(format!("{act} own server_admin"), word(perform(admin, act, &mine).await));
            }
            Permission::ManageRoles if act != "create_role" => {
                be(admin, actor, alone).await;
                let above = self::objects(admin, (other.user, town.bystander.user), &[Permission::FindPeople]).await;
                cells.insert(format!("{act} above that_alone"), word(perform(actor, act, &above).await));
                let nowhere = Objects { role: RoleId::new(), ..above };
                cells.insert(format!("{act} nowhere that_alone"), word(perform(actor, act, &nowhere).await));
            }
            Permission::InviteToServer if act == "revoke_server_invite" => {
                be(admin, actor, alone).await;
                let nowhere = Objects { invite: ServerInviteId::new(), ..objects };
                cells.insert(format!("{act} nowhere that_alone"), word(perform(actor, act, &nowhere).await));
            }
            _ => {}
        }
    }
    be(admin, actor, Role::Member).await;
    be(admin, other, Role::Member).await;
}

async fn be(admin: &Person, person: &Person, role: Role) {
    admin.post::<Value>(&format!("/v1/admin/people/{}/role", person.user), &GiveRole { role }).await.expect("a role is given");
}

/// A role that allows this and nobody has, and an invitation.
async fn objects(admin: &Person, (user, stranger): (UserId, UserId), permissions: &[Permission]) -> Objects {
    let role = make_role(admin, &format!("a role {}", RoleId::new()), permissions).await.expect("a role");
    let wanted = CreateServerInvite { role: Role::Guest, lives_ms: DAY_MS, uses: 1 };
    let made: ServerInviteMade = admin.post("/v1/admin/invites", &wanted).await.expect("an invitation");
    Objects { user, stranger, role, invite: made.invite.id }
}

/// Roles of a test are many, and a server's few.
async fn undo(admin: &Person, other: &Person) {
    for listed in crate::administration::roles(admin).await.expect("roles") {
        if let Role::Made(id) = listed.role
            && !listed.name.starts_with("alone ")
            && !listed.name.starts_with("without ")
        {
            let _ = crate::administration::delete_role(admin, id).await;
        }
    }
    admin.post::<Value>(&format!("/v1/admin/people/{}/reactivate", other.user), &json!({})).await.expect("reactivated");
}

async fn perform(by: &Person, act: &str, on: &Objects) -> Result<(), ApiError> {
    let role = RoleWanted { name: format!("named {}", RoleId::new()), permissions: Permissions::NONE };
    match act {
        "search_people" => by.get::<Value>("/v1/people?q=bystander").await.map(drop),
        "create_direct" => {
            let conversation = ConversationId::direct(by.user, on.stranger);
            intend(by, CreateDirect { conversation, peer: on.stranger }).await
        }
        "create_conversation" => {
            let (conversation, members) = (ConversationId::new(), [on.user].into());
            intend(by, CreateConversation { conversation, name: "Ours".into(), members, shared_history: true }).await
        }
        "create_group" => intend(by, CreateGroup { group: GroupId::new(), name: "Ours".into(), about: String::new() }).await,
        "list_people" => by.get::<Value>("/v1/admin/people").await.map(drop),
        "give_role" => by.post::<Value>(&format!("/v1/admin/people/{}/role", on.user), &GiveRole { role: Role::Guest }).await.map(drop),
        "create_role" => by.post::<Value>("/v1/admin/roles", &role).await.map(drop),
        "change_role" => by.put(&format!("/v1/admin/roles/{}", on.role), &role).await.map(drop),
        "delete_role" => crate::administration::delete_role(by, on.role).await.map(drop),
        "change_settings" => {
            let seen = by.get::<SettingsSeen>("/v1/admin/settings").await?;
            by.put("/v1/admin/settings", &seen.settings).await.map(drop)
        }
        "create_server_invite" => {
            let wanted = CreateServerInvite { role: Role::Guest, lives_ms: DAY_MS, uses: 1 };
            by.post::<Value>("/v1/admin/invites", &wanted).await.map(drop)
        }
        "revoke_server_invite" => by.post::<Value>(&format!("/v1/admin/invites/{}/revoke", on.invite), &json!({})).await.map(drop),
        "read_audit_log" => by.get::<Value>("/v1/admin/audit").await.map(drop),
        verb => by.post::<Value>(&format!("/v1/admin/people/{}/{verb}", on.user), &json!({})).await.map(drop),
    }
}
